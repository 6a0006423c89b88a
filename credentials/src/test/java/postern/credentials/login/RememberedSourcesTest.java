package postern.credentials.login;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.PROCESS_KEY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.attemptFrom;
import static postern.credentials.SampleLogins.hashingPool;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.FamiliarSource;
import postern.credentials.FamiliarSources;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.SampleStore;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.backlog.Backlog;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.issue.SecretGenerator;
import postern.credentials.throttle.Hold;
import postern.credentials.throttle.LockoutPolicy.Mode;
import postern.credentials.throttle.SampleLockouts;

/** L-03: from where somebody has logged in is known to every node, and after a restart. */
class RememberedSourcesTest {

    private static final String HOME = "203.0.113.9";
    private static final Backlog.Pace PACE = new Backlog.Pace(1000, Duration.ofSeconds(1), Duration.ZERO);

    private final SampleStore store = SampleStore.with(SCANNER);
    private final HashingPool hashing = hashingPool();
    private boolean away;

    /** Decides, and remembers, by itself; the store is all that it shares. */
    private final class OneNode {

        private final List<Hold> begun = new ArrayList<>();
        private final Backlog<FamiliarSource, Instant> seen =
                new Backlog<>("familiar sources", RememberedSourcesTest.this::write, PACE, () -> 0);
        private final FamiliarSources familiar = SampleLockouts.familiarSources(() -> 0, seen::note);
        private final Snapshots snapshots = SampleDecision.snapshots(store, familiar);
        private final SampleDecision decision = SampleDecision.of(
                store.credentials(),
                hashing,
                new PasswordVerifier(
                        CHEAP_HASHER,
                        hashing,
                        PROCESS_KEY,
                        new RecentMatches(
                                Duration.ofDays(7), Duration.ofDays(7), 9, InstantSource.fixed(MONDAY), () -> 0)),
                SampleLockouts.lockout(
                        SampleLockouts.policy(Mode.ENFORCE, true),
                        List.of(),
                        List.of(),
                        familiar,
                        (hold, _) -> begun.add(hold),
                        () -> 0),
                (_, _, _) -> {},
                InstantSource.fixed(MONDAY));

        LoginOutcome login(String secret) {
            return decision.with(snapshots)
                    .authenticate(attemptFrom(HOME, ADA, secret))
                    .toCompletableFuture()
                    .join();
        }

        /** Fifteen wrong secrets are too many for a stranger. */
        boolean treatsHomeAsAStranger() {
            SecretGenerator secrets = new SecretGenerator(new SecureRandom());
            for (int i = 0; i < 15; i++) {
                login(secrets.draw(20));
            }
            return !begun.isEmpty();
        }
    }

    private void write(Map<FamiliarSource, Instant> some) throws StoreUnavailableException {
        if (away) {
            throw new StoreUnavailableException("away", new IOException());
        }
        store.familiarSources().seen(some, 32);
    }

    @AfterEach
    void close() {
        hashing.close();
        store.close();
    }

    @Test
    void aRestartMakesNobodyAStranger() {
        OneNode before = new OneNode();
        before.login(SCANNER_SECRET);
        before.seen.close();

        assertThat(new OneNode().treatsHomeAsAStranger()).isFalse();
    }

    @Test
    void whoHasNeverLoggedInIsAStranger() {
        assertThat(new OneNode().treatsHomeAsAStranger()).isTrue();
    }

    @Test
    void anotherNodeLearnsItWhenItNextReadsTheAccount() throws Exception {
        OneNode one = new OneNode();
        OneNode other = new OneNode();
        other.login("what makes it read the account");
        one.login(SCANNER_SECRET);
        one.seen.write();

        store.credentials().revise(ADA, SCANNER_ID, password -> password.withName("Scanner"), ROOT);

        assertThat(other.treatsHomeAsAStranger()).isFalse();
    }

    @Test
    void whatIsClearedIsStrangeOnEveryNodeAndWrittenAgainByTheNextLogin() throws Exception {
        OneNode one = new OneNode();
        OneNode other = new OneNode();
        one.login(SCANNER_SECRET);
        other.login(SCANNER_SECRET);
        one.seen.write();
        other.seen.write();

        store.familiarSources().clear(ADA, ROOT);
        assertThat(one.treatsHomeAsAStranger()).isTrue();
        assertThat(other.treatsHomeAsAStranger()).isTrue();

        other.login(SCANNER_SECRET);
        other.seen.write();
        assertThat(store.familiarSources().of(ADA)).containsOnlyKeys(SourceNetwork.parse(HOME));
    }

    @Test
    void noLoginWaitsForItOrFailsWithIt() throws Exception {
        OneNode node = new OneNode();
        away = true;

        assertThat(node.login(SCANNER_SECRET)).isEqualTo(new Accepted(ADA, SCANNER_ID));
        node.seen.write();
        assertThat(store.familiarSources().of(ADA)).isEmpty();

        away = false;
        node.seen.write();
        assertThat(store.familiarSources().of(ADA)).hasSize(1);
    }

    @Test
    void aThousandLoginsAreWrittenOnce() {
        List<Map<FamiliarSource, Instant>> written = new ArrayList<>();
        FamiliarSources familiar =
                SampleLockouts.familiarSources(() -> 0, (source, at) -> written.add(Map.of(source, at)));
        for (int i = 0; i < 1000; i++) {
            familiar.succeeded(ADA, SourceNetwork.parse(HOME));
        }

        assertThat(written).hasSize(1);
    }
}
