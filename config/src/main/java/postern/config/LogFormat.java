package postern.config;

/** For eyes, or for a collector. */
public enum LogFormat {
    TEXT,
    JSON
}
