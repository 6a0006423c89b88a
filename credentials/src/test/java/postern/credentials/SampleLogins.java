package postern.credentials;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.FingerprintKey;
import postern.credentials.hash.HashingCost;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.KeyRing;
import postern.credentials.hash.LookupKeys;
import postern.credentials.store.ChangeFeed;
import postern.credentials.store.Database;

/** Ada and her scanner: whom every test knows. */
public final class SampleLogins {

    public static final LoginName ADA = new LoginName("ada@example.org");
    public static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00Z");
    public static final LookupKeys LOOKUP_KEYS = new LookupKeys(KeyRing.of(new byte[32]));
    public static final FingerprintKey PROCESS_KEY = FingerprintKey.draw(new SecureRandom());

    public static final By ROOT = By.administrator("root", MONDAY);

    /** As in reference.conf. */
    public static final Policy POLICY = policy(Optional.empty(), Optional.empty());

    /** Argon2id as it is, at the least cost it knows: a test proves nothing by waiting. */
    public static final Argon2Hasher CHEAP_HASHER =
            new Argon2Hasher(KeyRing.of(new byte[32]), new HashingCost(8, 1), new SecureRandom());

    public static final AppPasswordId SCANNER_ID = new AppPasswordId("apw_scanner000000001");
    public static final String SCANNER_SECRET = "bcdf-ghjk-mnpq-rstv-wxyz";
    public static final String WRONG_SECRET = "zyxw-vtsr-qpnm-kjhg-fdcb";
    public static final AppPassword SCANNER = appPassword(SCANNER_ID, typed(SCANNER_SECRET), Optional.empty());

    private SampleLogins() {}

    public static PresentedSecret typed(String secret) {
        return PresentedSecret.typed(secret.getBytes(StandardCharsets.UTF_8));
    }

    public static LoginAttempt adaWith(String secret) {
        return new LoginAttempt(Protocol.IMAP, ADA, typed(secret), InetAddress.getLoopbackAddress());
    }

    /** Of her scanner, which knows no password. */
    public static LoginAttempt adaByAddress() {
        return LoginAttempt.byAddress(
                Protocol.SMTP,
                ADA,
                SCANNER_ID,
                InetAddress.getLoopbackAddress(),
                Optional.of("scanner"),
                Optional.empty(),
                new CompletableFuture<>());
    }

    public static LoginAttempt attemptFrom(String client, LoginName name, String secret) {
        return new LoginAttempt(Protocol.IMAP, name, typed(secret), InetAddress.ofLiteral(client));
    }

    public static AppPassword appPassword(AppPasswordId id, PresentedSecret secret, Optional<Instant> expiresAt) {
        return appPassword(ADA, id, secret, CHEAP_HASHER).withScope(scope -> scope.withExpiresAt(expiresAt));
    }

    /** Of anybody, and at whatever it costs. */
    public static AppPassword appPassword(
            LoginName owner, AppPasswordId id, PresentedSecret secret, Argon2Hasher hasher) {
        Proof proof = new Proof.Drawn(LOOKUP_KEYS.tag(owner, secret), hasher.hash(secret.letters(), owner, id));
        return new AppPassword(id, owner, "Scanner, 2nd floor", proof, Scope.UNLIMITED, MONDAY.minusSeconds(3600));
    }

    public static LookupTag tagOf(AppPassword one) {
        return switch (one.proof()) {
            case Proof.Drawn(LookupTag tag, var _) -> tag;
            case Proof.Imported _, Proof.Taken _ -> throw new AssertionError("has no tag");
        };
    }

    public static PasswordHash hashOf(AppPassword one) {
        return switch (one.proof()) {
            case Proof.Drawn(var _, PasswordHash hash) -> hash;
            case Proof.Taken(var _, PasswordHash hash) -> hash;
            case Proof.Imported _ -> throw new AssertionError("not ours");
        };
    }

    /** As in reference.conf, but for two limits. */
    public static Policy policy(Optional<Duration> longestLife, Optional<Instant> importedUntil) {
        return new Policy(
                Policy.AppPasswords.ALLOWED,
                false,
                40,
                20,
                Protocol.ALL,
                longestLife,
                Optional.empty(),
                Set.of(Policy.Issuer.values()),
                importedUntil);
    }

    /** One that nobody waits for in vain. */
    public static HashingPool hashingPool() {
        return new HashingPool(2, 1_000, Duration.ofSeconds(20), Ticker.systemTicker());
    }

    /** One that hears its own changes at once, and seldom looks for others. */
    public static ChangeFeed feedOf(Database database) throws StoreUnavailableException {
        return ChangeFeed.open(database, Duration.ofSeconds(30), InstantSource.system(), Ticker.systemTicker());
    }
}
