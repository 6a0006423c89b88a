package postern.credentials.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** H-08 */
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
        assertThat(KeyFile.read(file).active().bytes())
                .hasSize(32)
                .isEqualTo(KeyFile.read(file).active().bytes());
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
        byte[] before = KeyFile.read(file).active().bytes();

        assertThatThrownBy(() -> KeyFile.create(file, new SecureRandom()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(KeyFile.read(file).active().bytes()).isEqualTo(before);
    }

    @Test
    void saysWhatIsWrongWithItAndNotWhatItHolds() throws Exception {
        Files.writeString(file, "cafe");
        assertThatThrownBy(() -> KeyFile.read(file))
                .hasMessage(file + ": 4 characters in a line (expected: 64 of 0-9a-f)");

        Files.writeString(file, "z".repeat(64));
        assertThatThrownBy(() -> KeyFile.read(file)).hasMessage(file + ": has other characters than 0-9a-f");
    }

    @Test
    void isToldFromAnotherByItsId() throws Exception {
        Path other = folder.resolve("keys/other.key");
        KeyFile.create(other, new SecureRandom());

        assertThat(KeyFile.read(file).active().id())
                .isEqualTo(KeyFile.read(file).active().id())
                .isNotEqualTo(KeyFile.read(other).active().id());
    }

    @Test
    void aRingIsReadInTheOrderInWhichItWasWritten() throws Exception {
        KeyRing.Key before = KeyFile.read(file).active();
        KeyRing.Key added = KeyFile.draw(new SecureRandom());

        KeyFile.replace(file, new KeyRing(List.of(added, before)));

        assertThat(KeyFile.read(file).active().id()).isEqualTo(added.id());
        assertThat(KeyFile.read(file).ids()).containsExactlyInAnyOrder(before.id(), added.id());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder.resolve("keys").toFile().list()).containsExactly("lookup.key");
    }

    @Test
    void aKeyThatIsThereTwiceIsAMistake() throws Exception {
        String line = Files.readString(file);
        Files.writeString(file, line + line);

        assertThatThrownBy(() -> KeyFile.read(file))
                .hasMessage(file + ": key ring: one key twice (expected: each once)");
    }
}
