package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.SampleStore;
import postern.credentials.audit.AuditVerification;
import postern.credentials.audit.AuditVerification.Result.Intact;

/** What was acknowledged is there, whoever was killed in the middle of whatever. */
@Timeout(180)
class DurabilityTest {

    private static final int TO_ISSUE = 1000;

    private final Random random = new Random();

    @TempDir
    private Path folder;

    private record Acknowledged(Set<String> issued, Set<String> revoked) {}

    /** Ends a process in the middle of what it does. */
    private interface Killer {
        void kill(ProcessHandle child) throws IOException;
    }

    @Test
    void aKilledProcessLosesNothingOfItsFile() throws Exception {
        Path file = folder.resolve("postern.db");

        Acknowledged acknowledged = acknowledgedBefore(file.toString(), ProcessHandle::destroyForcibly);

        try (Database again = SqliteDatabase.open(file)) {
            assertNothingIsLost(acknowledged, again);
            assertThat(again.<String>read(sql -> sql.createQuery("PRAGMA integrity_check")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo("ok");
        }
    }

    @Test
    void aKilledProcessLosesNothingInTheServer() throws Exception {
        String url = SamplePostgres.url();

        Acknowledged acknowledged = acknowledgedBefore(url, ProcessHandle::destroyForcibly);

        try (Database again = SamplePostgres.open(url)) {
            assertNothingIsLost(acknowledged, again);
        }
    }

    /** The embedded server is set up with synchronous_commit = off; that it loses nothing all the same is our doing. */
    @Test
    void aKilledServerLosesNothing() throws Exception {
        try (MortalPostgres server = new MortalPostgres(folder)) {
            Acknowledged acknowledged = acknowledgedBefore(server.url(), _ -> server.kill());

            server.start();
            try (Database again = SamplePostgres.open(server.url())) {
                assertNothingIsLost(acknowledged, again);
            }
        }
    }

    private Acknowledged acknowledgedBefore(String store, Killer killer) throws Exception {
        int after = 1 + random.nextInt(TO_ISSUE);
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Doomed.class.getName(),
                        store,
                        String.valueOf(TO_ISSUE))
                .redirectError(Redirect.INHERIT)
                .start();
        Set<String> lines = new HashSet<>();
        try (BufferedReader out = child.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (lines.size() == after) {
                    killer.kill(child.toHandle()); // not the process: that would close its output too
                }
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(lines.size())
                .as("acknowledged, of which %s were to be seen", after)
                .isBetween(after, TO_ISSUE * 3 / 2 - 1);
        return new Acknowledged(marked("+", lines), marked("-", lines));
    }

    private static Set<String> marked(String mark, Set<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(1))
                .collect(Collectors.toSet());
    }

    private static void assertNothingIsLost(Acknowledged acknowledged, Database database) throws Exception {
        Set<String> live = SampleStore.on(database).credentials().of(ADA).stream()
                .map(one -> one.id().value())
                .collect(Collectors.toSet());
        Set<String> kept = database.read(sql -> Set.copyOf(sql.createQuery("SELECT id FROM app_passwords")
                .mapTo(String.class)
                .list()));

        assertThat(kept).containsAll(acknowledged.issued());
        assertThat(live).doesNotContainAnyElementsOf(acknowledged.revoked());
        assertThat(database.<Integer>read(sql -> sql.createQuery("SELECT count(*) FROM changes WHERE kind = 'issued'")
                        .mapTo(Integer.class)
                        .one()))
                .as("each is told of")
                .isEqualTo(kept.size());
        SqlAuditTrail trail = new SqlAuditTrail(database, "node", new SecureRandom(), _ -> {});
        assertThat(new AuditVerification(trail).run()).isInstanceOf(Intact.class);
        assertThat(database.<Integer>read(
                        sql -> sql.createQuery("SELECT count(*) FROM audit_events WHERE kind = 'app_password.created'")
                                .mapTo(Integer.class)
                                .one()))
                .as("each is in the trail")
                .isEqualTo(kept.size());
    }
}
