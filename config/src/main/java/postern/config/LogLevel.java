package postern.config;

/** How much is said; each says what those before it say, and more. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
