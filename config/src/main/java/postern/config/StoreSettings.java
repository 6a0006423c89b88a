package postern.config;

/**
 * Where people and their app passwords are kept.
 *
 * @param sqliteFile an absolute path, or {@link #IN_MEMORY}
 */
public record StoreSettings(String sqliteFile) {

    /** Forgets everything at exit. */
    public static final String IN_MEMORY = ":memory:";

    static StoreSettings from(Section in) {
        String written = in.text("sqlite-file", "a path or " + IN_MEMORY, text -> !text.isEmpty());
        return new StoreSettings(
                written.equals(IN_MEMORY) ? IN_MEMORY : in.path("sqlite-file").toString());
    }
}
