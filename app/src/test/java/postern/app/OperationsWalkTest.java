package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.hash.SecretFile;

/** What docs/operations.md has an administrator type, typed into bash. */
@Timeout(180)
class OperationsWalkTest {

    private static final Pattern TYPED = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Pattern SECRET = Pattern.compile("(?m)^secret +(\\S+)$");

    @TempDir
    private Path folder;

    @Test
    void fromThePersonToTheLineInTheTrail() throws Exception {
        List<String> typed = TYPED.matcher(Files.readString(Path.of("..", "docs", "operations.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(typed).hasSize(2);
        SecretFile.create(folder.resolve("master"), "secret");
        try (MailServersApart mail = MailServersApart.start();
                WholeServer server = WholeServer.start(folder, mail.upstream())) {
            String first = bash(server, typed.getFirst() + "declare -p POSTERN_TOKEN POSTERN_URL > exported\n");
            Matcher secret = SECRET.matcher(first);
            assertThat(secret.find()).as(first).isTrue();
            try (MailClient phone = server.overTls("imaps")) {
                assertThat(phone.ask("a LOGIN grace@example.org " + secret.group(1)))
                        .startsWith("a OK ");
                await().untilAsserted(() -> assertThat(server.admin("GET", "/v1/sessions?user=grace@example.org", "")
                                .body())
                        .contains("\"protocol\":\"imap\""));

                String second = bash(server, "source exported\n" + typed.getLast());

                assertThat(second)
                        .containsPattern("(?m)^ses_[0-9a-z]{16} .*grace@example.org")
                        .containsPattern("(?m)^revoked +1\nsessions_ended +1$")
                        .containsPattern("(?m)app_password.revoked_all .*grace@example.org");
                assertThat(second.split("ses_", -1)).as("listed once").hasSize(2);
                assertThat(phone.line()).startsWith("* BYE");
            }
        }
    }

    /** The names of the document stand for those of this server. */
    private String bash(WholeServer server, String typed) throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String script = "set -euo pipefail\npostern() { \"" + java + "\" --enable-native-access=ALL-UNNAMED"
                + " --sun-misc-unsafe-memory-access=allow postern.app.Main \"$@\"; }\n"
                + typed.replace(
                                "mail.example.org:8444",
                                "localhost:" + server.postern().adminPort())
                        .replace(
                                "/etc/postern/postern.conf",
                                folder.resolve("postern.conf").toString());
        Path file = Files.writeString(folder.resolve("typed.sh"), script);
        Path said = folder.resolve("said");
        ProcessBuilder bash = new ProcessBuilder("bash", file.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        bash.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        bash.environment().put("POSTERN_CA_FILE", server.caFile().toString());
        Process process = bash.start();
        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }
}
