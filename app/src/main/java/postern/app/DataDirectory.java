package postern.app;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import postern.config.PostgresqlSettings;
import postern.config.Secret;
import postern.config.Settings;
import postern.config.StoreSettings;
import postern.credentials.KeyId;
import postern.credentials.KeyMarks;
import postern.credentials.KeyMarks.Ring;
import postern.credentials.StoreUnavailableException;
import postern.credentials.hash.KeyFile;
import postern.credentials.hash.KeyRing;
import postern.credentials.store.Database;
import postern.credentials.store.PostgresDatabase;
import postern.credentials.store.SqliteDatabase;
import postern.credentials.store.StoreReading;

/**
 * What the server keeps between two starts: the store, and the keys that stand apart from it. The first
 * start makes them all, for its own account's eyes only.
 */
final class DataDirectory {

    private final Settings settings;

    private DataDirectory(Settings settings) {
        this.settings = settings;
    }

    static DataDirectory open(Settings settings) throws StartException {
        Path folder = settings.dataDirectory();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new StartException("data-directory: " + folder + ": cannot be made: " + reason(e), e);
        }
        if (!Files.isWritable(folder)) {
            throw new StartException("data-directory: " + folder + ": " + System.getProperty("user.name")
                    + " may not write there (expected: a folder of this account's own)");
        }
        return new DataDirectory(settings);
    }

    Database database() throws StoreUnavailableException {
        StoreSettings store = settings.store();
        return switch (store.engine()) {
            case SQLITE ->
                store.sqliteFile().equals(StoreSettings.IN_MEMORY)
                        ? SqliteDatabase.inMemory()
                        : SqliteDatabase.open(Path.of(store.sqliteFile()));
            case POSTGRESQL -> {
                PostgresqlSettings server = store.postgresql();
                yield PostgresDatabase.open(server.url(), server.user(), password(server), server.connections());
            }
        };
    }

    /** The store as it is, beside whoever uses it. */
    static StoreReading reading(StoreSettings store) throws StoreUnavailableException {
        return switch (store.engine()) {
            case SQLITE -> StoreReading.ofSqlite(Path.of(store.sqliteFile()));
            case POSTGRESQL -> {
                PostgresqlSettings server = store.postgresql();
                yield StoreReading.ofPostgres(server.url(), server.user(), password(server));
            }
        };
    }

    private static String password(PostgresqlSettings server) {
        return server.password().map(Secret::reveal).orElse("");
    }

    /**
     * Reads a ring, or makes it for a store that knows of no key. One that lacks a key that the store was
     * used with would turn right passwords into wrong ones: then nothing starts. So do two nodes on one
     * store that were not given the same keys.
     */
    static KeyRing ring(Ring name, Path file, KeyMarks marks, SecureRandom random)
            throws IOException, StartException, StoreUnavailableException {
        Set<KeyId> needed = marks.keys(name);
        if (!Files.exists(file)) {
            if (!needed.isEmpty()) {
                throw new StartException(file + ": is not there, and the store is used with " + told(needed)
                        + " (expected: the same on every node, from your backup or another node)");
            }
            KeyFile.create(file, random);
        }
        KeyRing ring = KeyFile.read(file);
        Set<KeyId> missing = new TreeSet<>(Comparator.comparing(KeyId::value));
        missing.addAll(needed);
        missing.removeAll(ring.ids());
        if (!missing.isEmpty()) {
            throw new StartException(file + ": lacks " + told(missing) + ", which the store is used with"
                    + " (expected: the same on every node, from your backup or another node)");
        }
        for (KeyId id : ring.ids()) {
            marks.keep(name, id);
        }
        return ring;
    }

    private static String told(Set<KeyId> keys) {
        return (keys.size() == 1 ? "key " : "keys ")
                + keys.stream().map(KeyId::value).sorted().collect(Collectors.joining(", "));
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getFile() + ": " + file.getReason()
                : e.toString();
    }
}
