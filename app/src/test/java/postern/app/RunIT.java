package postern.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.app.demo.DemoCertificates;
import postern.credentials.hash.SecretFile;

/**
 * {@code java -jar postern.jar run}, as {@code ./postern run} starts it: the manifest opens native
 * access, and the one option beside it is what no manifest can carry.
 */
class RunIT {

    private static final Path JAR = Path.of("target/postern/postern.jar").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void startsAndStopsWithoutAWarning() throws Exception {
        DemoCertificates.in(folder.resolve("tls"));
        Process server = run("""
                data-directory = "%s"
                listener-defaults.address = "127.0.0.1"
                listeners { imap.port = 0, imaps.port = 0 }
                admin.port = 0
                management.port = 0
                """.formatted(folder));
        try {
            await().atMost(Duration.ofSeconds(15)).until(() -> output().contains("ready") || !server.isAlive());
            server.destroy();

            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).as("ended by SIGTERM").isEqualTo(143);
            assertThat(output().lines()).allMatch(line -> line.contains(" INFO "), "is an INFO line");
            assertThat(output()).contains("listening", "ready", "stopping");
        } finally {
            server.destroyForcibly();
        }
    }

    /** Trap 35: not in any spelling, and not at the level that tells most. */
    @Test
    void nothingSecretIsPrintedEvenWhereEverythingIs() throws Exception {
        DemoCertificates certificates = DemoCertificates.in(folder.resolve("tls"));
        SecretFile.create(folder.resolve("master"), "the-master-password");
        Process server = run("""
                data-directory = "%s"
                listener-defaults.address = "127.0.0.1"
                listeners { imap.enabled = false, imaps.port = 0 }
                upstreams.mail { host = localhost, imap.port = 1, login { user = m, password = { file = master } } }
                routes.default = mail
                answers.step = 100ms
                admin.port = 0
                management.port = 0
                logging { level = trace, format = json }
                """.formatted(folder));
        try {
            await().atMost(Duration.ofSeconds(15)).until(() -> output().contains("ready") || !server.isAlive());
            int port = Integer.parseInt(output().replaceAll("(?s).*127.0.0.1 port (\\d+).*", "$1"));
            try (ImapClient client = ImapClient.overTls("127.0.0.1", port, certificates.ca())) {
                client.say("LOGIN ada@example.org canary-account-password");
                client.say("LOGIN \"ada@example.org\" \"BCDF GHJK MNPQ RSTV WXYZ\"");
                client.authenticatePlain("", "ada@example.org", "bcdf-ghjk-mnpq-rstv-wxyz");
            }
            await().until(() -> output().lines()
                            .filter(line -> line.contains("login denied") || line.contains("login slowed"))
                            .count()
                    == 3);

            assertThat(output().lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"), "is JSON");
            assertThat(output().toLowerCase(Locale.ROOT))
                    .doesNotContain("canary", "bcdf", "wxyz", "the-master-password")
                    .doesNotContain(SecretFile.read(folder.resolve("admin.token")))
                    .doesNotContain(SecretFile.read(folder.resolve("keys/pepper.key")))
                    .doesNotContain(Base64.getEncoder()
                            .encodeToString("\0ada@example.org\0bcdf".getBytes(UTF_8))
                            .substring(0, 20)
                            .toLowerCase(Locale.ROOT));
        } finally {
            server.destroyForcibly();
        }
    }

    /** Files that are no good first, and then good ones; who is in stays all the while. */
    @Test
    void aHangupHasCertificatesReadAgain() throws Exception {
        DemoCertificates before = DemoCertificates.in(folder.resolve("tls"));
        Process server = run("""
                data-directory = "%s"
                listener-defaults.address = "127.0.0.1"
                listeners { imap.enabled = false, imaps.port = 0 }
                admin.port = 0
                management.port = 0
                """.formatted(folder));
        try {
            await().atMost(Duration.ofSeconds(15)).until(() -> output().contains("ready") || !server.isAlive());
            int port = Integer.parseInt(output().replaceAll("(?s).*imaps.*127.0.0.1 port (\\d+).*", "$1"));
            try (ImapClient client = ImapClient.overTls("127.0.0.1", port, before.ca())) {
                Files.writeString(before.key(), "not a key");
                hangUp(server);
                await().until(() -> output().contains("certificates not renewed, those before stay cause=\"tls: "));

                DemoCertificates renewed = DemoCertificates.in(folder.resolve("renewed"));
                Files.copy(renewed.certificate(), before.certificate(), StandardCopyOption.REPLACE_EXISTING);
                Files.copy(renewed.key(), before.key(), StandardCopyOption.REPLACE_EXISTING);
                hangUp(server);
                await().until(() -> output().contains("certificates renewed"));

                ImapClient.overTls("127.0.0.1", port, renewed.ca()).close();
                assertThat(client.say("NOOP")).contains("OK");
            }
        } finally {
            server.destroyForcibly();
        }
    }

    private static void hangUp(Process server) throws Exception {
        assertThat(new ProcessBuilder("kill", "-HUP", String.valueOf(server.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** H-01: a cost below the floor is one of them. */
    @Test
    void threeMistakesAreToldAtOnceAndNothingStarts() throws Exception {
        Process server = run("""
                listeners.imaps.port = 70000
                hashing.memory-kib = 1024
                no-such-key = 1
                """);

        assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(2);
        assertThat(output().lines())
                .satisfiesExactly(
                        one -> assertThat(one).contains("postern.conf: 1: listeners.imaps.port: 70000"),
                        two -> assertThat(two).contains("postern.conf: 2: hashing.memory-kib: 1024"),
                        three -> assertThat(three).contains("postern.conf: 3: no-such-key: unknown"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldInOneSentence() throws Exception {
        Process server = run("data-directory = \"/proc/postern\"");

        assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(1);
        assertThat(output().lines()).singleElement().asString().startsWith("data-directory: /proc/postern: ");
    }

    private Process run(String config) throws Exception {
        Path file = Files.writeString(folder.resolve("postern.conf"), config);
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--sun-misc-unsafe-memory-access=allow", // Armeria's, through JCTools
                        "-jar",
                        JAR.toString(),
                        "run",
                        "--config",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("output").toFile()))
                .start();
    }

    private String output() throws Exception {
        return Files.readString(folder.resolve("output"));
    }
}
