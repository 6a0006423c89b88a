package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.credentials.SampleLogins.attemptFrom;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditFilter;
import postern.credentials.audit.AuditVerification;
import postern.credentials.audit.AuditVerification.Result.Intact;
import postern.credentials.audit.AuditWriter;
import postern.credentials.audit.AuditWriter.Pace;
import postern.credentials.audit.AuditedLogins;
import postern.credentials.audit.JsonLinesFile;

/** E-02, from the login to the disk. */
@Timeout(180)
class AuditFloodTest {

    private static final int FLOOD = 100_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aFloodIsABoundedNumberOfRowsAndEveryCount(@TempDir Path folder) throws Exception {
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        long began = System.nanoTime();
        try (Database database = SqliteDatabase.open(folder.resolve("postern.db"))) {
            SqlAuditTrail trail =
                    new SqlAuditTrail(database, "node-1", random, new JsonLinesFile(folder.resolve("audit.jsonl")));
            try (AuditWriter writer = AuditWriter.start(trail, Pace.USUAL, clock, random);
                    AuditedLogins logins = new AuditedLogins(writer, clock, Ticker.systemTicker(), random)) {
                IntStream.range(0, FLOOD)
                        .forEach(i -> logins.observed(
                                attemptFrom("192.0.2." + i % 250, new LoginName("name" + i % 5_000), WRONG_SECRET),
                                new Denied(Reason.NO_MATCH),
                                Duration.ZERO));
            }

            long minutes = Duration.ofNanos(System.nanoTime() - began).dividedBy(MINUTE) + 1;
            assertThat(trail.after(0, AuditFilter.ALL, 1_000))
                    .hasSizeLessThanOrEqualTo((int) minutes * 402)
                    .satisfies(entries -> assertThat(entries.stream()
                                    .mapToLong(AuditFloodTest::times)
                                    .sum())
                            .isEqualTo(FLOOD));
            assertThat(new AuditVerification(trail).run()).isInstanceOf(Intact.class);
        }
    }

    private static long times(AuditEntry entry) {
        return Long.parseLong(entry.fields().getOrDefault("times", "0"));
    }
}
