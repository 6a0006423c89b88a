package postern.config;

/** What is said on standard output, and in which form. */
public record LoggingSettings(LogFormat format, LogLevel level) {

    static LoggingSettings from(Section in) {
        return new LoggingSettings(in.choice("format", LogFormat.values()), in.choice("level", LogLevel.values()));
    }
}
