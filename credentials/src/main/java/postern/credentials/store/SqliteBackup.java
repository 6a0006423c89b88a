package postern.credentials.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import postern.credentials.StoreUnavailableException;

/** A copy of a store in a file, as it is at one moment, while others read and write it. */
public final class SqliteBackup {

    private SqliteBackup() {}

    /**
     * Returns when the copy is on disk, for its owner's eyes only, and was found to be whole. What
     * goes wrong leaves no copy behind.
     *
     * @throws IOException when there is no store, or a file already where the copy is to be
     */
    public static void make(Path store, Path to) throws IOException, StoreUnavailableException {
        if (!Files.isRegularFile(store)) {
            throw new IOException(store + ": is not there (expected: the store to be copied)");
        }
        create(to);
        try {
            copy(store, to);
            check(to);
            flush(to);
        } catch (IOException | StoreUnavailableException e) {
            Files.delete(to);
            throw e;
        }
    }

    /** Empty, which SQLite accepts: so nobody can make another in between. */
    private static void create(Path to) throws IOException {
        try {
            Files.createFile(to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(to + ": is there already (expected: a new file)", e);
        } catch (IOException e) {
            throw new IOException(to + ": cannot be made (expected: a folder that may be written to)", e);
        }
    }

    private static void copy(Path store, Path to) throws StoreUnavailableException {
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + store);
                PreparedStatement copy = sql.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, to.toString());
            copy.execute();
        } catch (SQLException e) {
            throw new StoreUnavailableException(store + ": cannot be copied: " + e.getMessage(), e);
        }
    }

    private static void check(Path copy) throws StoreUnavailableException {
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = sql.createStatement();
                ResultSet found = statement.executeQuery("PRAGMA integrity_check")) {
            if (!"ok".equals(found.getString(1))) {
                throw new SQLException(found.getString(1));
            }
        } catch (SQLException e) {
            throw new StoreUnavailableException(copy + ": the copy is not whole: " + e.getMessage(), e);
        }
    }

    /** SQLite does not, for a copy; and the folder must know of the file, too. */
    private static void flush(Path copy) throws IOException {
        try (FileChannel file = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        try (FileChannel folder = FileChannel.open(copy.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
