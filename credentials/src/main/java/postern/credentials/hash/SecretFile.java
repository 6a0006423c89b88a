package postern.credentials.hash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** A line of text in a file of its own, for its owner's eyes only. */
public final class SecretFile {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> OF_THE_OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private SecretFile() {}

    /** Throws what the operator must mend, and never what the file holds. */
    public static String read(Path file) throws IOException {
        if (!OF_THE_OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + ": others may read it (expected: chmod 600)");
        }
        return Files.readString(file).strip();
    }

    /** Writes it whole or not at all, and never over another: throws when there is a file already. */
    public static void create(Path file, String line) throws IOException {
        create(file, (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static void create(Path file, byte[] content) throws IOException {
        Path written = write(file, content);
        try {
            Files.createLink(file, written);
        } finally {
            Files.delete(written);
        }
    }

    /** Writes it whole or not at all, in place of what was there. */
    static void replace(Path file, String line) throws IOException {
        Path written = write(file, (line + "\n").getBytes(StandardCharsets.UTF_8));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path write(Path beside, byte[] content) throws IOException {
        Path folder = Objects.requireNonNull(beside.toAbsolutePath().getParent(), "a file has a folder");
        Files.createDirectories(folder, OWNERS_FOLDER);
        Path written = Files.createTempFile(folder, "secret", ".new", OWNER_ONLY);
        try {
            return Files.write(written, content, StandardOpenOption.DSYNC);
        } catch (IOException e) {
            Files.delete(written);
            throw e;
        }
    }
}
