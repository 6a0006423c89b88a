package postern.credentials.hash;

import java.util.Optional;
import postern.credentials.SourceNetwork;

/**
 * By what it is decided who is next when many wait for a hashing thread.
 *
 * @param source from where somebody comes; none when it is work of our own
 */
public record Turn(Lane lane, Optional<SourceNetwork> source) {

    /** Of somebody from there. */
    public static Turn of(Lane lane, SourceNetwork source) {
        return new Turn(lane, Optional.of(source));
    }

    /** Of ourselves. */
    public static Turn of(Lane lane) {
        return new Turn(lane, Optional.empty());
    }
}
