package postern.credentials.throttle;

import java.time.Duration;
import java.util.Locale;

/**
 * A name or a network from which no wrong secret is looked into for a while.
 *
 * @param subject the login name, or the network in CIDR notation
 * @param times the how many-eth of this kind lately: each is twice as long as the one before
 */
public record Hold(Kind kind, String subject, int times, Duration left) {

    public enum Kind {
        /** Too many different secrets were tried for this name from places that are not familiar. */
        NAME,
        /** Too many places that are not familiar tried this name within a day. */
        DISTRIBUTED,
        /** Too many names were tried from this network. */
        SOURCE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
