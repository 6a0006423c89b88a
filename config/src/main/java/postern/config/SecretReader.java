package postern.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Follows {@code { file = … }} or {@code { env = … }} to a secret. What it complains about never
 * contains what it found.
 */
final class SecretReader {

    /** Takes what was seen and what was expected. */
    interface Complaint {
        void note(String seen, String expected);
    }

    private static final String EXPECTED = "{ file = … } or { env = … }";
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Surroundings around;

    SecretReader(Surroundings around) {
        this.around = around;
    }

    Optional<Secret> read(ConfigValue value, Complaint complaint) {
        if (value instanceof ConfigObject source && source.size() == 1) {
            ConfigValue file = source.get("file");
            Optional<Path> path = file == null ? Optional.empty() : Values.path(file, around.base());
            if (path.isPresent()) {
                return fromFile(path.get(), complaint);
            }
            ConfigValue variable = source.get("env");
            Optional<String> name = variable == null ? Optional.empty() : Values.text(variable);
            if (name.isPresent()) {
                return fromEnvironment(name.get(), complaint);
            }
        }
        complaint.note(value instanceof ConfigObject ? "neither" : Values.kind(value), EXPECTED);
        return Optional.empty();
    }

    private Optional<Secret> fromEnvironment(String name, Complaint complaint) {
        String text = around.environment().get(name);
        if (text == null) {
            complaint.note("environment variable " + name + " is not set", "a secret in it");
            return Optional.empty();
        }
        return unlessEmpty(text, "environment variable " + name, complaint);
    }

    private Optional<Secret> fromFile(Path file, Complaint complaint) {
        try {
            if (mayBeReadByOthers(file)) {
                complaint.note(file + " is not its owner's alone", "chmod 600");
                return Optional.empty();
            }
            return unlessEmpty(Files.readString(file).replaceFirst("\\r?\\n\\z", ""), file.toString(), complaint);
        } catch (NoSuchFileException _) {
            complaint.note(file + " does not exist", "a file with the secret");
        } catch (CharacterCodingException _) {
            complaint.note(file + " is not UTF-8", "a file with the secret");
        } catch (IOException _) {
            complaint.note(file + " cannot be read", "a file with the secret");
        }
        return Optional.empty();
    }

    private static Optional<Secret> unlessEmpty(String text, String source, Complaint complaint) {
        if (text.isEmpty()) {
            complaint.note(source + " is empty", "a secret in it");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text));
    }

    /** Where files have no such permissions, nobody can be told to change them. */
    private static boolean mayBeReadByOthers(Path file) throws IOException {
        try {
            return !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
        } catch (UnsupportedOperationException _) {
            return false;
        }
    }
}
