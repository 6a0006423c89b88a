package postern.config;

import java.time.Duration;

/**
 * Where people and their app passwords are kept.
 *
 * @param sqliteFile an absolute path, or {@link #IN_MEMORY}
 * @param pollInterval how often to look for what other nodes have changed, if nothing tells of it
 */
public record StoreSettings(
        StoreEngine engine, String sqliteFile, PostgresqlSettings postgresql, Duration pollInterval) {

    /** Forgets everything at exit. */
    public static final String IN_MEMORY = ":memory:";

    static StoreSettings from(Section in) {
        String written = in.text("sqlite-file", "a path or " + IN_MEMORY, text -> !text.isEmpty());
        return new StoreSettings(
                in.choice("engine", StoreEngine.values()),
                written.equals(IN_MEMORY) ? IN_MEMORY : in.path("sqlite-file").toString(),
                PostgresqlSettings.from(in.section("postgresql")),
                in.duration("poll-interval", Duration.ofMillis(100), Duration.ofMinutes(1)));
    }
}
