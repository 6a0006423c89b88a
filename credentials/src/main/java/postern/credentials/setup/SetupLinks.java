package postern.credentials.setup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.By;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.Envelope;
import postern.credentials.grant.GrantSecret;
import postern.credentials.grant.GrantUnreadableException;
import postern.credentials.setup.SetupLinkStore.Kept;

/**
 * Links that lead to an app password, once:
 *
 * <pre>
 * make ──token──→ who has proved the app password ──→ their phone ──token──→ take: the first has it, and then it is gone
 *   ╰──hash of the token, sealed secret──→ store ──────────────────────────────╯
 * </pre>
 *
 * <p>The store has neither: not the token, and not the key that opens what is sealed. Waits for the store;
 * never on an event loop.
 */
public final class SetupLinks {

    /** More than somebody sets up at once, and less than would be worth hoarding. */
    public static final int MOST_PER_OWNER = 5;

    private static final Logger LOG = LoggerFactory.getLogger(SetupLinks.class);

    private static final int BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final SetupLinkStore store;
    private final Envelope envelope;
    private final Duration lasts;
    private final InstantSource clock;
    private final SecureRandom random;

    public SetupLinks(
            SetupLinkStore store, Envelope envelope, Duration lasts, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.envelope = envelope;
        this.lasts = lasts;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A link as its owner gets it. Prints as stars.
     *
     * @param token the only thing that leads there
     */
    public record Made(String token, Instant endsAt) {

        @Override
        public String toString() {
            return "Made[token=***, endsAt=" + endsAt + "]";
        }
    }

    /**
     * For who has proved that app password.
     *
     * @param requestId under which the access log and the audit trail tell of it
     * @return empty when it was revoked meanwhile
     */
    public Optional<Made> make(LinkContents contents, String requestId) throws StoreUnavailableException {
        Instant now = clock.instant();
        String token = draw();
        SetupLink link = new SetupLink(
                hash(token),
                contents.owner(),
                contents.appPassword(),
                contents.address(),
                contents.kind(),
                now.plus(lasts).truncatedTo(ChronoUnit.MILLIS));
        Kept kept = new Kept(link, envelope.seal(link, contents.secret()));
        By by = By.person(contents.owner(), now).during(requestId);
        return store.put(kept, MOST_PER_OWNER, by) ? Optional.of(new Made(token, link.endsAt())) : Optional.empty();
    }

    /** The first who comes with it has it, and closes it. */
    public Optional<LinkContents> take(String token) throws StoreUnavailableException {
        if (!TOKEN.matcher(token).matches()) { // not worth a look into the store
            return Optional.empty();
        }
        Optional<Kept> kept = store.take(hash(token), clock.instant());
        return kept.flatMap(this::opened);
    }

    private Optional<LinkContents> opened(Kept kept) {
        SetupLink link = kept.link();
        try {
            GrantSecret secret = envelope.open(link, kept.sealed());
            return Optional.of(new LinkContents(link.owner(), link.appPassword(), link.address(), link.kind(), secret));
        } catch (GrantUnreadableException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("a set-up link leads nowhere");
            return Optional.empty();
        }
    }

    private String draw() {
        byte[] drawn = new byte[BYTES];
        random.nextBytes(drawn);
        return ENCODER.encodeToString(drawn);
    }

    private static String hash(String token) {
        try {
            return ENCODER.encodeToString(MessageDigest.getInstance("SHA-256")
                    .digest(("setup link " + token).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JRE", e);
        }
    }
}
