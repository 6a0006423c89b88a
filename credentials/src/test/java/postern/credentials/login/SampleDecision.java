package postern.credentials.login;

import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.LOOKUP_KEYS;
import static postern.credentials.SampleLogins.POLICY;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;
import postern.credentials.CredentialStore;
import postern.credentials.FamiliarSources;
import postern.credentials.LoginObserver;
import postern.credentials.SampleStore;
import postern.credentials.audit.AuditEvent;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.LookupKeys;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.throttle.Lockout;
import postern.credentials.throttle.SampleLockouts;

/** The whole decision around a store, on one thread, with what a test wants to be different. */
record SampleDecision(
        CredentialStore store,
        LookupKeys lookupKeys,
        Argon2Hasher hasher,
        HashingPool hashing,
        PasswordVerifier verifier,
        Lockout lockout,
        AnswerGrid grid,
        LoginObserver observer,
        Consumer<AuditEvent> events,
        InstantSource clock,
        Ticker ticker) {

    static final Duration GRACE = Duration.ofMinutes(15);

    static SampleDecision of(
            CredentialStore store,
            HashingPool hashing,
            PasswordVerifier verifier,
            Lockout lockout,
            LoginObserver observer,
            InstantSource clock) {
        AnswerGrid grid = new AnswerGrid(Duration.ofSeconds(2), () -> 0, (_, task) -> task.run());
        return new SampleDecision(
                store, LOOKUP_KEYS, CHEAP_HASHER, hashing, verifier, lockout, grid, observer, _ -> {}, clock, () -> 0);
    }

    SampleDecision withGrid(AnswerGrid other, Ticker otherTicker) {
        return new SampleDecision(
                store, lookupKeys, hasher, hashing, verifier, lockout, other, observer, events, clock, otherTicker);
    }

    SampleDecision withKeys(LookupKeys otherKeys, Argon2Hasher otherHasher) {
        return new SampleDecision(
                store, otherKeys, otherHasher, hashing, verifier, lockout, grid, observer, events, clock, ticker);
    }

    SampleDecision telling(Consumer<AuditEvent> trail) {
        return new SampleDecision(
                store, lookupKeys, hasher, hashing, verifier, lockout, grid, observer, trail, clock, ticker);
    }

    /** That hears every change of this store. */
    static Snapshots snapshots(SampleStore store) {
        return snapshots(store, SampleLockouts.familiarSources(() -> 0));
    }

    static Snapshots snapshots(SampleStore store, FamiliarSources familiarSources) {
        Snapshots snapshots = snapshots(store.credentials(), familiarSources, () -> Duration.ZERO);
        store.feed().listen(snapshots::heard);
        return snapshots;
    }

    static Snapshots snapshots(CredentialStore store, Supplier<Duration> silence) {
        return snapshots(store, SampleLockouts.familiarSources(() -> 0), silence);
    }

    private static Snapshots snapshots(
            CredentialStore store, FamiliarSources familiarSources, Supplier<Duration> silence) {
        return new Snapshots(
                store, POLICY, familiarSources, 1_000, silence, GRACE, Runnable::run, Ticker.disabledTicker());
    }

    PasswordAuthenticator with(Snapshots snapshots) {
        return with(snapshots, new LastUses(store, ticker));
    }

    PasswordAuthenticator with(Snapshots snapshots, LastUses lastUses) {
        Renewal renewal = new Renewal(store, lookupKeys, hasher, hashing, clock, ticker, Runnable::run);
        return new PasswordAuthenticator(
                snapshots,
                lookupKeys,
                verifier,
                new ImportedSecrets(store, verifier, hasher, clock, ticker, Runnable::run),
                new Admission(snapshots, clock),
                lockout,
                new Aftermath(lastUses, renewal, store, events, clock, new SecureRandom(), Runnable::run),
                grid,
                observer,
                Runnable::run);
    }
}
