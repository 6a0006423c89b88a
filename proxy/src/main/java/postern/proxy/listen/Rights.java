package postern.proxy.listen;

import java.util.Optional;

/**
 * What a client may do at a door for where it comes from, and others may not.
 *
 * @param oldTls encrypt by a version that others may not use
 * @param inTheClear say its password before TLS
 * @param byAddress send without a password
 */
public record Rights(boolean oldTls, boolean inTheClear, Optional<LoginByAddress> byAddress) {

    /** Of everybody. */
    public static final Rights NONE = new Rights(false, false, Optional.empty());
}
