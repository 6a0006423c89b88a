package postern.app;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import postern.admin.ApiToken;
import postern.config.PostgresqlSettings;
import postern.config.Secret;
import postern.config.Settings;
import postern.config.StoreSettings;
import postern.credentials.CredentialStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.hash.KeyFile;
import postern.credentials.hash.SecretFile;
import postern.credentials.store.Database;
import postern.credentials.store.PostgresDatabase;
import postern.credentials.store.SqliteDatabase;

/**
 * What the server keeps between two starts: the store, the keys that stand apart from it, and the
 * admin API's token. The first start makes them all, for its own account's eyes only.
 */
final class DataDirectory {

    private static final int TOKEN_BYTES = 20;

    private final Settings settings;
    private final SecureRandom random;

    private DataDirectory(Settings settings, SecureRandom random) {
        this.settings = settings;
        this.random = random;
    }

    static DataDirectory open(Settings settings, SecureRandom random) throws StartException {
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
        return new DataDirectory(settings, random);
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
                yield PostgresDatabase.open(
                        server.url(),
                        server.user(),
                        server.password().map(Secret::reveal).orElse(""),
                        server.connections());
            }
        };
    }

    /**
     * Reads a key, or makes it for a store that knows of none. One that is missing, or another than the
     * store was first used with, would turn every right password into a wrong one: then nothing starts.
     * So do two nodes on one store that were not given the same keys.
     */
    byte[] key(String name, Path file, CredentialStore store)
            throws IOException, StartException, StoreUnavailableException {
        if (!Files.exists(file)) {
            if (store.keyMark(name).isPresent()) {
                throw new StartException(file + ": is not there, and the store is used with one"
                        + " (expected: the same on every node, from your backup or another node)");
            }
            KeyFile.create(file, random);
        }
        byte[] key = KeyFile.read(file);
        String mark = KeyFile.mark(key);
        if (!store.keepKeyMark(name, mark).equals(mark)) {
            throw new StartException(file + ": is not the key that the store is used with"
                    + " (expected: the same on every node, from your backup or another node)");
        }
        return key;
    }

    ApiToken adminToken() throws IOException, StartException {
        Path file = settings.admin().tokenFile();
        if (!Files.exists(file)) {
            byte[] drawn = new byte[TOKEN_BYTES];
            random.nextBytes(drawn);
            SecretFile.create(file, "pst_" + HexFormat.of().formatHex(drawn));
        }
        try {
            return new ApiToken(SecretFile.read(file));
        } catch (IllegalArgumentException e) {
            throw new StartException(file + ": " + e.getMessage(), e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getFile() + ": " + file.getReason()
                : e.toString();
    }
}
