package postern.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.app.demo.DemoCertificates;
import postern.app.dovecot.FreePorts;
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
            // How fast a machine hashes is its own affair.
            assertThat(output().lines())
                    .filteredOn(line -> !line.contains("hashing is slow on this machine"))
                    .allMatch(line -> line.contains(" INFO "), "is an INFO line");
            assertThat(output()).contains("listening", "ready", "stopping");
        } finally {
            server.destroyForcibly();
        }
    }

    /** Trap 52: nothing listens but what the operator can read about, and nothing where nobody said it should. */
    @Test
    void listensWhereItIsToldToAndNowhereElse() throws Exception {
        DemoCertificates.in(folder.resolve("tls"));
        List<Integer> ports = FreePorts.on("127.0.0.1", 5);
        Process server =
                run("""
                data-directory = "%s"
                listener-defaults.address = "127.0.0.1"
                listeners { imap.port = %d, imaps.port = %d, submissions { enabled = true, port = %d } }
                admin.port = %d
                management.port = %d
                """.formatted(folder, ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4)));
        try {
            await().atMost(Duration.ofSeconds(15)).until(() -> output().contains("ready") || !server.isAlive());

            assertThat(OpenPorts.of(server.pid()).stream().map(RunIT::readable))
                    .containsExactlyInAnyOrderElementsOf(
                            ports.stream().map(port -> "127.0.0.1 " + port).toList());
        } finally {
            server.destroyForcibly();
        }
    }

    /** IPv4 in the clothes of IPv6 is IPv4. */
    private static String readable(String address) {
        return address.replaceFirst("^(0000000000000000FFFF0000)?0100007F ", "127.0.0.1 ");
    }

    /** Who waits for an answer that does not come has until the end of the grace, and not longer. */
    @Test
    void isGoneWithinTheGraceWhateverItsClientsDo() throws Exception {
        SecretFile.create(folder.resolve("master"), "secret");
        String secret;
        try (WholeServer before = WholeServer.start(folder, "")) {
            secret = before.issue(ADA).secret();
        }
        try (MailServerThatListens mail = new MailServerThatListens("L1 OK [CAPABILITY IMAP4rev1 IDLE] In.")) {
            Process server = run("""
                    data-directory = "%s"
                    listener-defaults.address = "127.0.0.1"
                    listeners { imap.enabled = false, imaps.port = 0 }
                    admin.enabled = false
                    management.port = 0
                    shutdown.grace = 2s
                    upstreams.mail {
                      host = "127.0.0.1", imap { port = %d, tls = none }, login { user = m, password = { file = master } }
                    }
                    routes.default = mail
                    """.formatted(folder, mail.port()));
            try {
                await().atMost(Duration.ofSeconds(15)).until(() -> output().contains("ready") || !server.isAlive());
                int port = Integer.parseInt(output().replaceAll("(?s).*imaps.*127.0.0.1 port (\\d+).*", "$1"));
                Path ca = DemoCertificates.in(folder.resolve("tls")).ca();
                try (ImapClient idle = ImapClient.overTls("127.0.0.1", port, ca);
                        ImapClient waiting = ImapClient.overTls("127.0.0.1", port, ca);
                        ImapClient halfIn = ImapClient.overTls("127.0.0.1", port, ca)) {
                    for (ImapClient client : List.of(idle, waiting)) {
                        assertThat(client.say("LOGIN ada@example.org " + secret))
                                .contains("a1 OK");
                    }
                    idle.send("b IDLE\r\n");
                    waiting.send("b NOOP\r\n");
                    assertThat(List.of(mail.heard(), mail.heard())).containsExactlyInAnyOrder("b IDLE", "b NOOP");
                    long begun = System.nanoTime();

                    server.destroy();

                    for (ImapClient client : List.of(idle, halfIn, waiting)) {
                        assertThat(client.line()).isEqualTo("* BYE Postern is going down for a moment. Come again.");
                        assertThat(client.isAtEnd()).isTrue();
                    }
                    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1_500));
                    assertThat(server.waitFor(15, TimeUnit.SECONDS)).isTrue();
                    assertThat(server.exitValue()).isEqualTo(143);
                }
            } finally {
                server.destroyForcibly();
            }
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
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> output().contains("\"message\":\"ready\"") || !server.isAlive());
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
