package postern.credentials;

import java.time.Instant;
import java.util.Map;

/**
 * From where each name has logged in before. A place that has shown the right secret is not treated
 * like a stranger when it shows a wrong one.
 *
 * <p>Safe for use by many threads. Answers from memory: it is asked within every failed login.
 */
public interface FamiliarSources {

    boolean isFamiliar(LoginName name, SourceNetwork source);

    /**
     * Whether it has logged in from the neighbourhood, which others share: so it vouches for who has shown the right secret,
     * and excuses no wrong one.
     */
    boolean isNearFamiliar(LoginName name, SourceNetwork source);

    /** The name has just logged in from there. */
    void succeeded(LoginName name, SourceNetwork source);

    /** What the store says of this name: it adds to what is known. */
    void learn(LoginName name, Map<SourceNetwork, Instant> sources);

    /** What is known of this name may be wrong. It will be learned again when the name is next asked for. */
    void forget(LoginName name);
}
