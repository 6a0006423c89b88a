package postern.credentials.administration;

import java.util.Locale;

/** What has become of a token. Only an active one opens anything. */
public enum TokenState {
    ACTIVE,
    /** Nobody has shown it for so long that nobody would miss it, but a thief. */
    SUSPENDED,
    EXPIRED,
    REVOKED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
