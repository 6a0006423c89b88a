package postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real bash, asked what comes next. */
@Timeout(60)
class CompletionCommandTest {

    @Test
    void bashCompletesCommandsOfTheHostAndOfTheApi(@TempDir Path folder) throws Exception {
        StringWriter said = new StringWriter();
        assertThat(Main.commandLine(new Main()).setOut(new PrintWriter(said)).execute("completion"))
                .isZero();
        Path script = Files.writeString(folder.resolve("completion"), said.toString());

        assertThat(completed(script, "postern", "check-c")).contains("check-config");
        assertThat(completed(script, "postern", "admin", "app-pass")).contains("app-passwords");
        assertThat(completed(script, "postern", "admin", "users", "er")).contains("erase");
        assertThat(completed(script, "postern", "admin", "users", "add", "--login"))
                .contains("--login-name");
    }

    private static String completed(Path script, String... words) throws Exception {
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source '" + script + "'; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                                + (words.length - 1) + "; _complete_postern; echo \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(answer).isZero();
        return answer;
    }
}
