package postern.credentials.login;

import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.LOOKUP_KEYS;
import static postern.credentials.SampleLogins.POLICY;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import postern.credentials.CredentialStore;
import postern.credentials.FamiliarSources;
import postern.credentials.LoginObserver;
import postern.credentials.SampleStore;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditedPins;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.LookupKeys;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.throttle.Lockout;
import postern.credentials.throttle.SampleLockouts;

/** The whole decision around a store, on the thread of whoever asks, with what a test wants to be different. */
public record SampleDecision(
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
        Ticker ticker,
        Executor logins) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long MOST_KNOWN = 100_000;

    static final Duration DOUBT = Duration.ofSeconds(6);
    static final Duration GRACE = Duration.ofMinutes(15);

    public static SampleDecision of(
            CredentialStore store,
            HashingPool hashing,
            PasswordVerifier verifier,
            Lockout lockout,
            LoginObserver observer,
            InstantSource clock) {
        AnswerGrid grid = new AnswerGrid(Duration.ofSeconds(2), () -> 0, (_, task) -> task.run());
        return new SampleDecision(
                store,
                LOOKUP_KEYS,
                CHEAP_HASHER,
                hashing,
                verifier,
                lockout,
                grid,
                observer,
                _ -> {},
                clock,
                () -> 0,
                Runnable::run);
    }

    public SampleDecision withGrid(AnswerGrid other, Ticker otherTicker) {
        return new SampleDecision(
                store,
                lookupKeys,
                hasher,
                hashing,
                verifier,
                lockout,
                other,
                observer,
                events,
                clock,
                otherTicker,
                logins);
    }

    public SampleDecision withKeys(LookupKeys otherKeys, Argon2Hasher otherHasher) {
        return new SampleDecision(
                store,
                otherKeys,
                otherHasher,
                hashing,
                verifier,
                lockout,
                grid,
                observer,
                events,
                clock,
                ticker,
                logins);
    }

    public SampleDecision withObserver(LoginObserver other) {
        return new SampleDecision(
                store, lookupKeys, hasher, hashing, verifier, lockout, grid, other, events, clock, ticker, logins);
    }

    SampleDecision withEvents(Consumer<AuditEvent> otherEvents) {
        return new SampleDecision(
                store,
                lookupKeys,
                hasher,
                hashing,
                verifier,
                lockout,
                grid,
                observer,
                otherEvents,
                clock,
                ticker,
                logins);
    }

    public SampleDecision withLogins(Executor otherLogins) {
        return new SampleDecision(
                store,
                lookupKeys,
                hasher,
                hashing,
                verifier,
                lockout,
                grid,
                observer,
                events,
                clock,
                ticker,
                otherLogins);
    }

    /** That hears every change of this store. */
    public static Snapshots snapshots(SampleStore store) {
        return snapshots(store, Runnable::run);
    }

    /** The same, with the store read by others. */
    public static Snapshots snapshots(SampleStore store, Executor readers) {
        return snapshots(store, SampleLockouts.familiarSources(() -> 0), readers);
    }

    /** That hears every change as long as the silence is short. */
    static Snapshots snapshots(SampleStore store, Supplier<Duration> silence) {
        Snapshots snapshots = snapshots(store.credentials(), silence);
        store.feed().listen(snapshots::heard);
        return snapshots;
    }

    static Snapshots snapshots(SampleStore store, FamiliarSources familiarSources) {
        return snapshots(store, familiarSources, Runnable::run);
    }

    private static Snapshots snapshots(SampleStore store, FamiliarSources familiarSources, Executor readers) {
        Snapshots snapshots = snapshots(store.credentials(), familiarSources, () -> Duration.ZERO, readers);
        store.feed().listen(snapshots::heard);
        return snapshots;
    }

    static Snapshots snapshots(CredentialStore store, Supplier<Duration> silence) {
        return snapshots(store, SampleLockouts.familiarSources(() -> 0), silence, Runnable::run);
    }

    private static Snapshots snapshots(
            CredentialStore store, FamiliarSources familiarSources, Supplier<Duration> silence, Executor readers) {
        return snapshots(store, familiarSources, new Hearing(silence, DOUBT, GRACE), readers);
    }

    static Snapshots snapshots(CredentialStore store, Hearing hearing) {
        return snapshots(store, SampleLockouts.familiarSources(() -> 0), hearing, Runnable::run);
    }

    private static Snapshots snapshots(
            CredentialStore store, FamiliarSources familiarSources, Hearing hearing, Executor readers) {
        return new Snapshots(store, POLICY, familiarSources, MOST_KNOWN, hearing, readers, Ticker.disabledTicker());
    }

    public PasswordAuthenticator with(Snapshots snapshots) {
        return with(snapshots, new LastUses(store, ticker));
    }

    PasswordAuthenticator with(Snapshots snapshots, LastUses lastUses) {
        return with(snapshots, lastUses, new DeviceUses(_ -> {}, ticker));
    }

    PasswordAuthenticator with(Snapshots snapshots, LastUses lastUses, DeviceUses deviceUses) {
        Renewal renewal = new Renewal(store, lookupKeys, hasher, hashing, clock, ticker, Runnable::run);
        Decision decision = new Decision(
                snapshots,
                lookupKeys,
                verifier,
                new ImportedSecrets(store, verifier, hasher, clock, ticker, Runnable::run),
                new Admission(snapshots, clock),
                lockout,
                new Aftermath(
                        lastUses,
                        deviceUses,
                        renewal,
                        store,
                        events,
                        new AuditedPins(events, clock, ticker, RANDOM),
                        clock,
                        RANDOM,
                        Runnable::run));
        return new PasswordAuthenticator(decision, lockout, grid, observer, logins);
    }
}
