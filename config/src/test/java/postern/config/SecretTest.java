package postern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.config.SampleFiles.MASTER_PASSWORD;
import static postern.config.SampleFiles.UPSTREAM;
import static postern.config.SampleFiles.read;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    @TempDir
    Path directory;

    @Test
    void aSecretComesFromTheEnvironment() throws Exception {
        assertThat(masterPassword("{ env = POSTERN_MASTER }")).isEqualTo(MASTER_PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "hunter2\n", "hunter2\r\n"})
    void aSecretComesFromAFileWithoutTheNewlineAtItsEnd(String text) throws Exception {
        assertThat(masterPassword("{ file = \"" + file(text, "rw-------") + "\" }"))
                .isEqualTo("hunter2");
    }

    @Test
    void aRelativeFileIsInTheDataDirectory() throws Exception {
        file("hunter2", "r--------");

        Settings settings = read(upstream("{ file = master }") + "data-directory = \"" + directory + "\"");

        assertThat(secretOf(settings)).isEqualTo("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "{ text = hunter2 }",
                "{ env = X, file = y }",
                "[hunter2]",
                "{}",
                "{ env = [hunter2] }"
            })
    void aSecretNeverStandsInTheFileAndIsNotToldWhenItDoes(String written) {
        assertThatThrownBy(() -> masterPassword(written))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("postern.conf: 1: upstreams.main.login.password: ")
                .hasMessageEndingWith(" (expected: { file = … } or { env = … })")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter 2 \"",
                "\"hunter2",
                "hunter2 {",
                "hunter2$",
                "hun!ter2`",
                "a : hunter2 = x",
                "'hunter2'''] }"
            })
    void aSecretThatIsASyntaxErrorIsNotToldEither(String written) {
        assertThatThrownBy(() -> Settings.load(
                        Files.writeString(directory.resolve("postern.conf"), "a {\npassword = " + written + "\n}}"),
                        Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageNotContaining("unter");
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws Exception {
        Path master = file("hunter2", "rw-r-----");

        assertThatThrownBy(() -> masterPassword("{ file = \"" + master + "\" }"))
                .hasMessage("postern.conf: 1: upstreams.main.login.password: " + master
                        + " is not its owner's alone (expected: chmod 600)");
    }

    @Test
    void aSecretThatIsNotThereIsAMistake() throws Exception {
        Path empty = file("\n", "rw-------");

        assertMistake("{ env = NOWHERE }", "environment variable NOWHERE is not set (expected: a secret in it)");
        assertMistake("{ file = /none }", "/none does not exist (expected: a file with the secret)");
        assertMistake("{ file = \"" + empty + "\" }", empty + " is empty (expected: a secret in it)");
    }

    @Test
    void aSecretIsFitForACommand() {
        assertThatThrownBy(() -> read(UPSTREAM, Map.of("POSTERN_MASTER", "hunter2\r\nA LOGOUT")))
                .hasMessage("postern.conf: 1: upstreams.main.login.password: other characters "
                        + "(expected: printable ASCII)");
    }

    @Test
    void aSecretPrintsAsStars() throws Exception {
        assertThat(new Secret("hunter2")).hasToString("***");
        assertThat(read(UPSTREAM).toString()).contains("password=***").doesNotContain(MASTER_PASSWORD);
    }

    private void assertMistake(String written, String expected) {
        assertThatThrownBy(() -> masterPassword(written))
                .hasMessage("postern.conf: 1: upstreams.main.login.password: " + expected);
    }

    private Path file(String text, String permissions) throws Exception {
        Path file = Files.writeString(directory.resolve("master"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String masterPassword(String written) throws SettingsException {
        return secretOf(read(upstream(written)));
    }

    private static String upstream(String password) {
        return "upstreams.main { host = mail.example.org, login { user = postern, password = " + password + " } }\n";
    }

    private static String secretOf(Settings settings) {
        UpstreamLoginSettings login =
                settings.upstreams().values().iterator().next().login();
        return ((UpstreamLoginSettings.MasterUser) login).password().reveal();
    }
}
