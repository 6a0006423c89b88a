package postern.app.provider;

import java.time.Duration;
import java.util.Optional;

/**
 * What a token says besides whose it is.
 *
 * @param issuer who gave it, if it is to lie about that
 * @param audience for whom it is
 * @param scope what it opens
 * @param life how long; less than none, and it has ended already
 */
public record Gift(Optional<String> issuer, String audience, String scope, Duration life) {

    /** As mail servers want it. */
    public static final Gift GOOD = new Gift(Optional.empty(), "outlook", "IMAP.AccessAsUser.All", Duration.ofHours(1));

    public Gift withIssuer(String another) {
        return new Gift(Optional.of(another), audience, scope, life);
    }

    public Gift withAudience(String another) {
        return new Gift(issuer, another, scope, life);
    }

    public Gift withScope(String another) {
        return new Gift(issuer, audience, another, life);
    }

    public Gift withLife(Duration another) {
        return new Gift(issuer, audience, scope, another);
    }
}
