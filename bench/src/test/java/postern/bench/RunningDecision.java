package postern.bench;

import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.PROCESS_KEY;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.FingerprintKey;
import postern.credentials.hash.HashingCost;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.KeyRing;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.login.PasswordAuthenticator;
import postern.credentials.login.SampleDecision;
import postern.credentials.throttle.Lockout;
import postern.credentials.throttle.SampleLockouts;

/** The whole decision of one node, with Argon2id at its real cost and the limits that reference.conf has. */
record RunningDecision(
        SampleStore store,
        HashingPool hashing,
        PasswordVerifier verifier,
        Lockout lockout,
        PasswordAuthenticator authenticator)
        implements AutoCloseable {

    static final Argon2Hasher REAL_HASHER =
            new Argon2Hasher(KeyRing.of(new byte[32]), new HashingCost(19_456, 2), new SecureRandom());

    private static final Duration KEEP = Duration.ofDays(7);
    private static final long MOST_KEPT = 200_000;
    private static final int QUEUE = 256;

    /** On the thread of whoever asks, and each answer is told at once. */
    static RunningDecision of(SampleStore store) {
        return of(store, Ticker.systemTicker(), REAL_HASHER, decision -> decision);
    }

    /**
     * The same, but for what is different.
     *
     * @param ticker of everything that waits or forgets
     */
    static RunningDecision of(
            SampleStore store, Ticker ticker, Argon2Hasher hasher, UnaryOperator<SampleDecision> different) {
        return of(store, ticker, hasher, PROCESS_KEY, recentMatches(ticker), different);
    }

    static RecentMatches recentMatches(Ticker ticker) {
        return new RecentMatches(KEEP, KEEP, MOST_KEPT, InstantSource.fixed(MONDAY), ticker);
    }

    /** A process that has come to know these. */
    static RunningDecision of(
            SampleStore store,
            Ticker ticker,
            Argon2Hasher hasher,
            FingerprintKey processKey,
            RecentMatches matches,
            UnaryOperator<SampleDecision> different) {
        HashingPool hashing = new HashingPool(Machine.CORES, QUEUE, Duration.ofSeconds(30), ticker);
        PasswordVerifier verifier = new PasswordVerifier(hasher, hashing, processKey, matches);
        Lockout lockout = SampleLockouts.lockout(ticker);
        SampleDecision decision = SampleDecision.of(
                        store.credentials(), hashing, verifier, lockout, (_, _, _) -> {}, InstantSource.fixed(MONDAY))
                .withKeys(SampleLogins.LOOKUP_KEYS, hasher);
        return new RunningDecision(
                store,
                hashing,
                verifier,
                lockout,
                different.apply(decision).with(SampleDecision.snapshots(store, Thread::startVirtualThread)));
    }

    CompletableFuture<LoginOutcome> asks(LoginAttempt attempt) {
        return authenticator.authenticate(attempt).toCompletableFuture();
    }

    LoginOutcome decides(LoginAttempt attempt) {
        return asks(attempt).join();
    }

    @Override
    public void close() {
        hashing.close();
        store.close();
    }
}
