package postern.app;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.RecentMatchSettings;
import postern.config.Settings;
import postern.credentials.Authenticator;
import postern.credentials.FamiliarSources;
import postern.credentials.KeyMarks.Ring;
import postern.credentials.LoginObserver;
import postern.credentials.Policy;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditedPins;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.FingerprintKey;
import postern.credentials.hash.HashingCost;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.KeyRing;
import postern.credentials.hash.LookupKeys;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.hash.SelfTest;
import postern.credentials.hash.WarmStart;
import postern.credentials.issue.AppPasswordIssuer;
import postern.credentials.login.Admission;
import postern.credentials.login.Aftermath;
import postern.credentials.login.AnswerGrid;
import postern.credentials.login.Decision;
import postern.credentials.login.DeviceUses;
import postern.credentials.login.Hearing;
import postern.credentials.login.ImportedLeft;
import postern.credentials.login.ImportedSecrets;
import postern.credentials.login.LastUses;
import postern.credentials.login.PasswordAuthenticator;
import postern.credentials.login.Renewal;
import postern.credentials.login.Snapshots;
import postern.credentials.sending.SendingLedger;
import postern.credentials.sending.SendingRules;
import postern.credentials.throttle.Lockout;
import postern.proxy.listen.EventLoops;
import postern.proxy.observe.Metrics;

/** The decision's part of {@link Wiring}: from settings, keys and store to who may log in. */
final class LoginWiring {

    private static final Logger LOG = LoggerFactory.getLogger(LoginWiring.class);

    /** One may be slow; after so many in vain the store is away. */
    private static final int LOOKS_MISSED = 3;

    private static final Duration BETWEEN_COUNTS = Duration.ofMinutes(5);

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Ticker TICKER = Ticker.systemTicker();

    private final Settings settings;
    private final Stores stores;
    private final Consumer<AuditEvent> events;
    private final Metrics metrics;
    private final Shutdown shutdown;
    private final SecureRandom random;

    private final Policy policy;
    private final KeyRing peppers;
    private final LookupKeys lookupKeys;
    private final HashingPool hashing;
    private final Argon2Hasher hasher;
    private final FamiliarSources familiarSources;
    private final Snapshots snapshots;
    private final Admission admission;

    LoginWiring(
            Settings settings,
            Stores stores,
            Consumer<AuditEvent> events,
            Metrics metrics,
            Shutdown shutdown,
            SecureRandom random)
            throws IOException, StartException, StoreUnavailableException {
        this.settings = settings;
        this.stores = stores;
        this.events = events;
        this.metrics = metrics;
        this.shutdown = shutdown;
        this.random = random;
        this.policy = PolicyWiring.configuration(settings.policy());
        this.peppers = DataDirectory.ring(Ring.PEPPER, settings.keys().pepperFile(), stores.keyMarks(), random);
        this.lookupKeys = new LookupKeys(
                DataDirectory.ring(Ring.LOOKUP, settings.keys().lookupFile(), stores.keyMarks(), random));
        this.hashing = shutdown.of(
                "hashing pool",
                new HashingPool(
                        settings.hashing().threads(),
                        settings.hashing().queue(),
                        settings.hashing().patience(),
                        TICKER));
        HashingCost cost = new HashingCost(
                settings.hashing().memoryKib(), settings.hashing().passes());
        this.hasher = new Argon2Hasher(peppers, cost, random);
        metrics.hashing(hashing, cost);
        tryHashing(cost);
        this.familiarSources = LockoutWiring.familiarSources(
                settings.lockout().familiar(), stores.familiarSources(), CLOCK, TICKER, shutdown);
        this.snapshots = new Snapshots(
                stores.credentials(),
                policy,
                familiarSources,
                settings.store().mostKnown(),
                new Hearing(
                        stores.feed()::lag,
                        settings.store().pollInterval().multipliedBy(LOOKS_MISSED),
                        settings.store().grace()),
                Thread::startVirtualThread,
                TICKER);
        this.admission = new Admission(snapshots, CLOCK);
        stores.feed().listen(snapshots::heard);
    }

    /** A library that makes other hashes would tell everybody that they are wrong. */
    private void tryHashing(HashingCost cost) throws StartException {
        if (!SelfTest.agreesWithTheRfc(hasher)) {
            throw new StartException(
                    "argon2: the library for this machine is broken (expected: the hashes of RFC 9106)");
        }
        SelfTest test = SelfTest.run(hashing, hasher, cost, settings.hashing().threads(), TICKER);
        (test.isSlow() ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("took_ms", test.one().toMillis())
                .addKeyValue("per_second", test.perSecond())
                .addKeyValue("native_mib", test.nativeBytes() >> 20)
                .log(test.isSlow() ? "hashing is slow on this machine" : "hashing was tried");
    }

    /** Whether those who are on the line may stay. Hears of changes before whoever listens after this was made. */
    Admission admission() {
        return admission;
    }

    FamiliarSources familiarSources() {
        return familiarSources;
    }

    /** What may be sent by those who were let in, and how much of it a day. */
    SendingRules sending() {
        SendingLedger ledger = shutdown.of("sending", SendingLedger.open(stores.sending(), CLOCK));
        return new SendingRules(
                (owner, used) -> snapshots
                        .known(owner)
                        .flatMap(account -> account.appPassword(used))
                        .map(one -> one.scope().sending()),
                ledger,
                Thread::startVirtualThread);
    }

    AppPasswordIssuer issuer() {
        return new AppPasswordIssuer(stores.credentials(), policy, lookupKeys, hasher, hashing, random, CLOCK);
    }

    private void countImported(EventLoops loops) {
        ImportedLeft left = new ImportedLeft(stores.credentials());
        metrics.imported(left::last);
        var _ = loops.group()
                .scheduleWithFixedDelay(
                        () -> Thread.startVirtualThread(left::look), 0, BETWEEN_COUNTS.toSeconds(), TimeUnit.SECONDS);
    }

    Authenticator authenticator(Lockout lockout, LoginObserver observer, EventLoops loops) {
        AnswerGrid grid = new AnswerGrid(
                settings.answers().step(),
                TICKER,
                (Duration delay, Runnable task) -> loops.group().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
        countImported(loops);
        PasswordVerifier verifier = verifier();
        ImportedSecrets importedSecrets =
                new ImportedSecrets(stores.credentials(), verifier, hasher, CLOCK, TICKER, Thread::startVirtualThread);
        Decision decision =
                new Decision(snapshots, lookupKeys, verifier, importedSecrets, admission, lockout, aftermath());
        return new PasswordAuthenticator(decision, lockout, grid, observer, Thread::startVirtualThread);
    }

    private Aftermath aftermath() {
        LastUses lastUses = shutdown.of("last uses", LastUses.open(stores.credentials(), TICKER));
        DeviceUses deviceUses = shutdown.of(
                "device uses", DeviceUses.open(uses -> stores.deviceUses().used(uses, DeviceUses.MOST), TICKER));
        Renewal renewal = new Renewal(
                stores.credentials(), lookupKeys, hasher, hashing, CLOCK, TICKER, Thread::startVirtualThread);
        AuditedPins pins = shutdown.of("audited pins", new AuditedPins(events, CLOCK, TICKER, random));
        return new Aftermath(
                lastUses,
                deviceUses,
                renewal,
                stores.credentials(),
                events,
                pins,
                CLOCK,
                random,
                Thread::startVirtualThread);
    }

    /** Takes up what the last graceful stop left, and leaves the same for the next start. */
    private PasswordVerifier verifier() {
        RecentMatchSettings keeping = settings.recentMatches();
        RecentMatches matches = new RecentMatches(keeping.keep(), keeping.idle(), keeping.most(), CLOCK, TICKER);
        metrics.recentMatches(matches);
        WarmStart warmStart = new WarmStart(keeping.warmStartFile(), peppers, keeping.warmStartAge(), CLOCK, random);
        FingerprintKey processKey = warmStart.open(matches).orElseGet(() -> FingerprintKey.draw(random));
        shutdown.of("warm start", () -> warmStart.seal(processKey, matches));
        return new PasswordVerifier(hasher, hashing, processKey, matches);
    }
}
