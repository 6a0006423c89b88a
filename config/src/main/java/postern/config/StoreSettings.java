package postern.config;

import java.time.Duration;

/**
 * Where people and their app passwords are kept.
 *
 * @param sqliteFile an absolute path, or {@link #IN_MEMORY}
 * @param pollInterval how often to look for what other nodes have changed, if nothing tells of it
 * @param grace for how long those who are known are let in when the store is away; zero: not at all
 * @param mostKnown how many accounts are known without asking
 */
public record StoreSettings(
        StoreEngine engine,
        String sqliteFile,
        PostgresqlSettings postgresql,
        Duration pollInterval,
        Duration grace,
        long mostKnown) {

    /** Forgets everything at exit. */
    public static final String IN_MEMORY = ":memory:";

    static StoreSettings from(Section in) {
        String written = in.text("sqlite-file", "a path or " + IN_MEMORY, text -> !text.isEmpty());
        return new StoreSettings(
                in.choice("engine", StoreEngine.values()),
                written.equals(IN_MEMORY) ? IN_MEMORY : in.path("sqlite-file").toString(),
                PostgresqlSettings.from(in.section("postgresql")),
                in.duration("poll-interval", Duration.ofMillis(100), Duration.ofMinutes(1)),
                in.durationOrZero("on-store-loss-grace", Duration.ofSeconds(15), Duration.ofDays(1)),
                in.longNumber("most-accounts-known", 100, 10_000_000));
    }
}
