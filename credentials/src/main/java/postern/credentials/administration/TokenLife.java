package postern.credentials.administration;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * For how long tokens work. None works for ever.
 *
 * @param usual of which nobody says otherwise
 */
public record TokenLife(Duration usual, Duration most) {

    public TokenLife {
        if (usual.compareTo(most) > 0) {
            throw new IllegalArgumentException("usual life: " + usual + " (expected: at most " + most + ")");
        }
    }

    /** To the millisecond, as the store keeps it. */
    Instant end(Optional<Instant> wanted, Instant now) {
        Instant end = wanted.orElse(now.plus(usual)).truncatedTo(ChronoUnit.MILLIS);
        if (!end.isAfter(now) || end.isAfter(now.plus(most))) {
            throw new IllegalArgumentException(
                    "expires_at: " + end + " (expected: after " + now + ", and at most " + most.toDays() + " days)");
        }
        return end;
    }

    /** The same life once more, as far as one may be as long by now. */
    Instant again(ApiTokenRecord before, Instant now) {
        Duration life = Duration.between(before.createdAt(), before.expiresAt());
        return now.plus(life.compareTo(most) > 0 ? most : life).truncatedTo(ChronoUnit.MILLIS);
    }
}
