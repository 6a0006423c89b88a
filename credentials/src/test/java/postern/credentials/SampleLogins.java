package postern.credentials;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.FingerprintKey;
import postern.credentials.hash.HashingCost;
import postern.credentials.hash.HashingPool;
import postern.credentials.store.ChangeFeed;
import postern.credentials.store.Database;
import postern.credentials.store.SqlCredentialStore;
import postern.credentials.store.SqliteDatabase;

/** Ada and her scanner: whom every test knows. */
public final class SampleLogins {

    public static final LoginName ADA = new LoginName("ada@example.org");
    public static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00Z");
    public static final FingerprintKey LOOKUP_KEY = new FingerprintKey(new byte[32]);
    public static final FingerprintKey PROCESS_KEY = FingerprintKey.draw(new SecureRandom());

    /** Argon2id as it is, at the least cost it knows: a test proves nothing by waiting. */
    public static final Argon2Hasher CHEAP_HASHER =
            new Argon2Hasher(new byte[32], new HashingCost(8, 1), new SecureRandom());

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

    public static LoginAttempt attemptFrom(String client, LoginName name, String secret) {
        return new LoginAttempt(Protocol.IMAP, name, typed(secret), InetAddress.ofLiteral(client));
    }

    public static AppPassword appPassword(AppPasswordId id, PresentedSecret secret, Optional<Instant> expiresAt) {
        return new AppPassword(
                id,
                ADA,
                "Scanner, 2nd floor",
                LOOKUP_KEY.fingerprint(ADA, secret).tag(),
                CHEAP_HASHER.hash(secret, ADA, id),
                MONDAY.minusSeconds(3600),
                expiresAt);
    }

    /** One that nobody waits for in vain. */
    public static HashingPool hashingPool() {
        return new HashingPool(2, 1_000, Duration.ofSeconds(20), Ticker.systemTicker());
    }

    /** The real store, forgetting: Ada is in it, with these. */
    public static CredentialStore storeWith(AppPassword... appPasswords) {
        try {
            Database forgetting = SqliteDatabase.inMemory();
            CredentialStore store = new SqlCredentialStore(forgetting, feedOf(forgetting));
            store.add(new Person(ADA, MONDAY.minusSeconds(7200)));
            for (AppPassword one : appPasswords) {
                store.add(one, 40);
            }
            return store;
        } catch (StoreUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    /** One that hears its own changes at once, and seldom looks for others. */
    public static ChangeFeed feedOf(Database database) throws StoreUnavailableException {
        return ChangeFeed.open(database, Duration.ofSeconds(30), InstantSource.system(), Ticker.systemTicker());
    }
}
