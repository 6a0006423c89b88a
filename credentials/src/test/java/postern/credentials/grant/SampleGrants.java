package postern.credentials.grant;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import postern.credentials.LoginName;
import postern.credentials.SampleLogins;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.ChangeFeed;
import postern.credentials.store.ChangeWriter;
import postern.credentials.store.Database;
import postern.credentials.store.SqlAuditTrail;
import postern.credentials.store.SqlGrantVault;

/** Ada's grant at Contoso, and the keys it is sealed under. */
public final class SampleGrants {

    public static final String CONTOSO = "contoso";
    public static final LoginName BOB = new LoginName("bob@example.org");

    /** What must never be seen anywhere but in the hands of who opened the grant. */
    public static final String CANARY = "0.canary-refresh-token-of-ada";

    public static final byte[] OLD_KEY = key(1);
    public static final byte[] NEW_KEY = key(2);
    public static final Path KEY_FILE = Path.of("/etc/postern/vault.keys");

    /** What Ada gave it for. */
    public static final Purpose AT_HOME = new Purpose("https://login.example.net/token postern mail.example.net");

    public static final Duration LEASE = Duration.ofSeconds(30);

    private static final SecureRandom RANDOM = new SecureRandom();

    private SampleGrants() {}

    public static GrantSecret secret(String clear) {
        return GrantSecret.of(clear.getBytes(StandardCharsets.UTF_8));
    }

    public static String clear(GrantSecret secret) {
        return new String(secret.bytes(), StandardCharsets.UTF_8);
    }

    /** The first seals. */
    public static Envelope envelope(byte[]... keys) {
        return new Envelope(keys(keys), RANDOM);
    }

    public static GrantVault vaultIn(Database database, InstantSource clock, byte[]... keys) {
        try {
            ChangeFeed feed = SampleLogins.feedOf(database);
            feed.close(); // nobody listens
            SqlAuditTrail trail = new SqlAuditTrail(database, "node", RANDOM, _ -> {});
            return vaultOn(new ChangeWriter(database, feed, trail, RANDOM), clock, keys);
        } catch (StoreUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    public static GrantVault vaultOn(ChangeWriter changes, InstantSource clock, byte[]... keys) {
        return new SqlGrantVault(changes, envelope(keys), clock, RANDOM, LEASE);
    }

    public static Grant put(
            GrantVault vault,
            LoginName owner,
            String upstream,
            GrantKind kind,
            GrantSecret secret,
            Optional<Instant> expiresAt)
            throws StoreUnavailableException {
        return vault.put(new NewGrant(owner, upstream, AT_HOME, kind, expiresAt), secret, ROOT);
    }

    public static VaultKeys keys(byte[]... keys) {
        return new VaultKeys(KEY_FILE, List.of(keys));
    }

    public static Grant adasGrant() {
        return new Grant(
                new GrantId("grt_adaatcontoso0001"),
                ADA,
                CONTOSO,
                AT_HOME,
                GrantKind.REFRESH_TOKEN,
                GrantState.WORKING,
                1,
                MONDAY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** With everything that is shown of it to anybody. */
    public static Stream<String> shown(OpenGrant open) {
        return Stream.of(open, open.grant(), open.secret(), new Turn.Yours(open))
                .map(Object::toString);
    }

    private static byte[] key(int filler) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filler);
        return key;
    }
}
