package postern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    @TempDir
    Path directory;

    @Test
    void aFileMayTakeValuesFromTheEnvironment() throws Exception {
        Path file = write("postern.conf", "admin.port = ${PORT}, management.port = 1, management.port = ${?NOWHERE}");

        Settings settings = Settings.load(file, Map.of("PORT", "1844"));

        assertThat(settings.admin().port()).isEqualTo(1844);
        assertThat(settings.management().port()).isEqualTo(1);
    }

    @Test
    void onlyTheEnvironmentThatIsGivenCounts() throws Exception {
        Path file = write("postern.conf", "data-directory = /srv\ndata-directory = ${?PATH}");

        assertThat(Settings.load(file, Map.of()).dataDirectory()).isEqualTo(Path.of("/srv"));
    }

    @Test
    void aWrongValueOfTheEnvironmentIsToldAsSuch() throws Exception {
        Path file = write("postern.conf", "admin.port = ${?PORT}");

        assertThatThrownBy(() -> Settings.load(file, Map.of("PORT", "many")))
                .hasMessage("environment variable PORT: admin.port: \"many\" (expected: 0 to 65535)");
    }

    @Test
    void aVariableThatMustBeSetIsMissed() throws Exception {
        Path file = write("postern.conf", "\nadmin.port = ${PORT}");

        assertThatThrownBy(() -> Settings.load(file, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + ": 2: Could not resolve substitution to a value: ${PORT}");
    }

    @Test
    void aFileMayIncludeAnother() throws Exception {
        Path other = write("doors.conf", "\nadmin.port = many");
        Path file = write("postern.conf", "include \"doors.conf\"\nmanagement.port = many");

        assertThatThrownBy(() -> Settings.load(file, Map.of()))
                .hasMessage(other + ": 2: admin.port: \"many\" (expected: 0 to 65535)\n" + file
                        + ": 2: management.port: \"many\" (expected: 0 to 65535)");
    }

    @Test
    void aFileThatIsNoHoconIsOneMistake() throws Exception {
        Path file = write("postern.conf", "admin {\n  port = 1\n");

        assertThatThrownBy(() -> Settings.load(file, Map.of()))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.mistakes())
                                .singleElement()
                                .asString()
                                .isEqualTo(file + ": 3: expecting a close parentheses ')' here"));
    }

    @Test
    void aMissingFileIsOneSentence() {
        Path file = directory.resolve("postern.conf");

        assertThatThrownBy(() -> Settings.load(file, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(file + ": no such file (expected: the configuration)");
    }

    @Test
    void aDirectoryIsNoFile() {
        assertThatThrownBy(() -> Settings.load(directory, Map.of()))
                .hasMessage(directory + ": cannot be read (expected: the configuration)");
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }
}
