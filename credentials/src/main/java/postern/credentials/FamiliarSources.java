package postern.credentials;

/**
 * From where each name has logged in before. A place that has shown the right secret is not treated
 * like a stranger when it shows a wrong one.
 *
 * <p>Safe for use by many threads. Answers from memory: it is asked within every failed login.
 */
public interface FamiliarSources {

    boolean isFamiliar(LoginName name, SourceNetwork source);

    /** The name has just logged in from there. */
    void succeeded(LoginName name, SourceNetwork source);
}
