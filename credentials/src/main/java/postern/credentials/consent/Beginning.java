package postern.credentials.consent;

import java.net.URI;
import java.time.Instant;
import postern.credentials.LoginName;

/** What comes of asking somebody for their consent. */
public sealed interface Beginning {

    /**
     * Whoever opens it is asked by the provider. Prints without it: what is in it works once.
     *
     * @param owner whose consent it has to be
     */
    record Link(URI page, LoginName owner, Instant endsAt) implements Beginning {

        @Override
        public String toString() {
            return "Link[owner=" + owner + ", endsAt=" + endsAt + ", page=***]";
        }
    }

    /**
     * Nobody can be asked so.
     *
     * @param why {@code what: seen (expected: …)}
     */
    record NotPossible(String why) implements Beginning, DeviceBeginning {}
}
