package postern.credentials.store;

import java.nio.file.Path;
import postern.credentials.StoreUnavailableException;

/** Whatever the tables can be in: what a store promises, it promises on each. */
enum Engine {
    SQLITE_MEMORY,
    SQLITE_FILE,
    POSTGRESQL;

    /** A new and empty one. */
    Database open(Path folder) throws StoreUnavailableException {
        return switch (this) {
            case SQLITE_MEMORY -> SqliteDatabase.inMemory();
            case SQLITE_FILE -> SqliteDatabase.open(folder.resolve("postern.db"));
            case POSTGRESQL -> SamplePostgres.open(SamplePostgres.url());
        };
    }
}
