package postern.credentials.audit;

import java.util.Map;
import java.util.Optional;

/**
 * Copies out of the chained text, for the store to search by and to count.
 *
 * @param token that did it
 * @param times for how many events it stands
 */
public record SearchedBy(Optional<String> appPassword, Optional<String> token, Optional<String> reason, long times) {

    static SearchedBy of(Map<String, String> chained) {
        return new SearchedBy(
                Optional.ofNullable(chained.get("app_password")),
                Optional.ofNullable(chained.get("actor_name")).filter(_ -> "token".equals(chained.get("actor_kind"))),
                Optional.ofNullable(chained.get("reason")),
                Long.parseLong(chained.getOrDefault("times", "1")));
    }
}
