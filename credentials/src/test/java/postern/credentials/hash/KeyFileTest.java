package postern.credentials.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void createOne() throws Exception {
        file = folder.resolve("keys/lookup.key");
        KeyFile.create(file, new SecureRandom());
    }

    @Test
    void isReadAsItWasDrawn() throws Exception {
        assertThat(KeyFile.read(file)).hasSize(32).isEqualTo(KeyFile.read(file));
        assertThat(folder.resolve("keys").toFile().list()).containsExactly("lookup.key");
    }

    @Test
    void isForItsOwnersEyesOnly() throws Exception {
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> KeyFile.read(file)).hasMessage(file + ": others may read it (expected: chmod 600)");
    }

    @Test
    void isNeverReplaced() throws Exception {
        byte[] before = KeyFile.read(file);

        assertThatThrownBy(() -> KeyFile.create(file, new SecureRandom()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(KeyFile.read(file)).isEqualTo(before);
    }

    @Test
    void saysWhatIsWrongWithItAndNotWhatItHolds() throws Exception {
        Files.writeString(file, "cafe");
        assertThatThrownBy(() -> KeyFile.read(file)).hasMessage(file + ": 4 characters (expected: 64 of 0-9a-f)");

        Files.writeString(file, "z".repeat(64));
        assertThatThrownBy(() -> KeyFile.read(file)).hasMessage(file + ": has other characters than 0-9a-f");
    }

    @Test
    void isToldFromAnotherByItsMark() throws Exception {
        Path other = folder.resolve("keys/other.key");
        KeyFile.create(other, new SecureRandom());

        assertThat(KeyFile.mark(KeyFile.read(file)))
                .hasSize(16)
                .isEqualTo(KeyFile.mark(KeyFile.read(file)))
                .isNotEqualTo(KeyFile.mark(KeyFile.read(other)));
    }
}
