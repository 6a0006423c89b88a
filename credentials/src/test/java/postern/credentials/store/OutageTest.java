package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.AppPasswordId;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.Revoked;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;

/** The store is away: everybody is told so within five seconds, and nobody has to be restarted when it is back. */
@Timeout(60)
class OutageTest {

    private static final LoginName NOBODY = new LoginName("nobody@example.org");
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final Duration BACK = Duration.ofSeconds(15);
    private static final Duration OFTEN = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    @Test
    void aServerThatIsRestartedIsMissedAndFoundAgain() throws Exception {
        try (MortalPostgres server = new MortalPostgres(folder);
                Node here = Node.on(SamplePostgres.open(server.url()), OFTEN);
                Node there = Node.on(SamplePostgres.open(server.url()), OFTEN)) {
            here.addAda();
            AppPasswordId id = here.issue();

            server.stop();
            assertReadAndChangeFailInTime(here, id);
            assertThatThrownBy(() -> SamplePostgres.open(server.url()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageStartingWith(server.url() + ": ")
                    .hasMessageNotContaining("\n");
            await().until(() -> there.feed().lag().compareTo(Duration.ofSeconds(1)) > 0);

            server.start();
            await().atMost(BACK)
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .until(() -> here.store().revoke(ADA, id, ROOT));
            await().atMost(BACK).until(() -> there.heard().size() == 2);
            assertThat(there.heard()).containsExactly(new Issued(ADA, id), new Revoked(ADA, id));
            await().until(() -> there.feed().lag().compareTo(Duration.ofSeconds(1)) < 0);
        }
    }

    @Test
    void aServerThatAnswersNothingIsNotWaitedForLong() throws Exception {
        try (MortalPostgres server = new MortalPostgres(folder);
                Node here = Node.on(SamplePostgres.open(server.url()), OFTEN)) {
            here.addAda();
            AppPasswordId id = here.issue();

            server.freeze();
            try {
                assertReadAndChangeFailInTime(here, id);
            } finally {
                server.thaw();
            }

            await().atMost(BACK)
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .until(() -> here.store().canonical(NOBODY).isEmpty());
            assertThat(here.heard()).doesNotContain(new Missed());
        }
    }

    @Test
    void whenAllConnectionsAreTakenOneMoreIsToldInTime() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (Node here = Node.on(SamplePostgres.open(SamplePostgres.url()), Node.SELDOM)) {
            for (int i = 0; i < 4; i++) {
                Handle taken = here.database().jdbi().open();
                Thread.startVirtualThread(() -> {
                    await().forever().until(() -> done.getCount() == 0);
                    taken.close();
                });
            }
            assertFailsInTime(() -> here.store().of(ADA));

            done.countDown();
            await().ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .until(() -> here.store().canonical(NOBODY).isEmpty());
        }
    }

    @Test
    void aFileThatAnotherProcessHasLockedIsReadAndNotChanged() throws Exception {
        Path file = folder.resolve("postern.db");
        try (Node here = Node.on(SqliteDatabase.open(file), Node.SELDOM);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = other.createStatement()) {
            here.addAda();
            sql.execute("BEGIN IMMEDIATE");

            assertFailsInTime(() -> here.store().add(SCANNER, 40, ROOT));
            assertFailsInTime(() -> here.store().revoke(ADA, SCANNER_ID, ROOT));
            assertThat(here.store().canonical(ADA)).as("a login needs no lock").contains(ADA);

            sql.execute("ROLLBACK");
            assertThat(here.store().of(ADA)).isEmpty();
            here.revoke(here.issue());
        }
    }

    private static void assertReadAndChangeFailInTime(Node node, AppPasswordId id) {
        assertFailsInTime(() -> node.store().of(ADA));
        assertFailsInTime(() -> node.store().revoke(ADA, id, ROOT));
    }

    private static void assertFailsInTime(ThrowingCallable asked) {
        long began = System.nanoTime();
        Throwable failure = catchThrowable(asked);
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(failure).isInstanceOf(StoreUnavailableException.class);
        assertThat(took).as("%s", failure.getMessage()).isLessThan(BOUND);
    }
}
