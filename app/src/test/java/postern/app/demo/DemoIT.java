package postern.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.app.ImapClient;
import postern.app.MailClient;

/** The first five minutes, with curl, on what is shipped. */
@Tag("curl")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoIT {

    /** Away from the ports of a demo that somebody runs beside the tests. */
    private static final String SHIFT = "21000";

    private static final int IMAPS = 1993 + 21000;
    private static final int IMAP = 1143 + 21000;
    private static final int POP3 = 1110 + 21000;
    private static final int SUBMISSION = 1587 + 21000;

    @SuppressWarnings("NullAway.Init")
    private DemoProcess demo;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        demo = DemoProcess.start(folder, "--shift", SHIFT).awaitUp();
    }

    @AfterAll
    void stop() throws Exception {
        demo.close();
    }

    @Test
    void startsWithoutAWarning() throws Exception {
        String onAnyMachine = demo.output()
                .lines()
                .filter(line -> !line.contains("hashing is slow on this machine"))
                .collect(Collectors.joining("\n"));

        assertThat(onAnyMachine).contains("Postern is up.").doesNotContain("WARN", "ERROR", "Exception");
    }

    @Test
    void everyCommandOnTheScreenWorksAsItStands() throws Exception {
        List<String> commands = demo.commands("curl");
        assertThat(commands).hasSize(10);
        // The last but one takes Ada's app password away, which other tests need: it has one of its own, below.
        assertThat(Shell.run(commands.get(0)).output()).contains("Scan from the 2nd floor", "It works");
        assertThat(Shell.run(commands.get(1)).output()).contains("you are reading this with a user name");
        assertThat(Shell.run(commands.get(2)).output()).contains("you are reading this with a user name");
        for (int sent : List.of(3, 4)) {
            assertThat(Shell.run(commands.get(sent)).exitCode()).isZero();
            assertThat(curl("--ssl-reqd pop3://127.0.0.1:" + POP3 + "/" + (sent + 1), secretOf("grace"))
                            .output())
                    .contains("Subject: Through the side gate", "sent with an app password");
        }
        assertThat(Shell.run(commands.get(5)).output()).containsIgnoringCase("ms-asprotocolversions: 2.5,");
        assertThat(Shell.run(commands.get(6)).output()).contains("<clientConfig version=\"1.1\">");
        assertThat(Shell.run(commands.get(7)).output()).contains("\"secret\":\"", "\"name\":\"Old phone\"");
        assertThat(Shell.run(commands.get(9)).output()).contains("postern_login_seconds_count");
    }

    /** Hosts and ports from the file that it asks for, and no others. */
    @Test
    void whatThunderbirdIsToldLeadsToAWorkingAccount() throws Exception {
        String told = Shell.run(demo.commands("curl").get(6)).output();
        Matcher servers = Pattern.compile(
                        "(?s)<(?:incoming|outgoing)Server type=\"(imap|smtp)\">.*?<hostname>([^<]+)</hostname>.*?<port>(\\d+)</port>")
                .matcher(told);
        Map<String, String> places = new HashMap<>();
        while (servers.find()) {
            places.put(servers.group(1), servers.group(2) + ":" + servers.group(3));
        }

        assertThat(curl("'imaps://" + places.get("imap") + "/INBOX;UID=1'", secretOf("ada"))
                        .exitCode())
                .isZero();
        assertThat(curl(
                                "smtps://" + places.get("smtp")
                                        + " --mail-from ada@example.org --mail-rcpt ada@example.org -T /dev/null",
                                secretOf("ada"))
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bare", "dashes", "spaces", "capitals"})
    void theAppPasswordMayBeTypedAsItComes(String manner) throws Exception {
        String shown = secretOf("ada");
        String typed = switch (manner) {
            case "bare" -> shown.replace("-", "");
            case "spaces" -> shown.replace("-", " ");
            case "capitals" -> shown.toUpperCase(Locale.ROOT);
            default -> shown;
        };

        assertThat(curl("imaps://127.0.0.1:" + IMAPS + "/INBOX", typed).output())
                .contains("INBOX");
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        Shell wrong = curl("imaps://127.0.0.1:" + IMAPS + "/INBOX", "bcdf-ghjk-mnpq-rstv-wxyz");

        assertThat(wrong.exitCode()).as("curl: login denied").isEqualTo(67);
    }

    @Test
    void startTlsWorksAndWithoutItNoPasswordIsTaken() throws Exception {
        assertThat(curl("--ssl-reqd imap://127.0.0.1:" + IMAP + "/INBOX", secretOf("grace"))
                        .output())
                .contains("INBOX");
        try (ImapClient client = ImapClient.inTheClear("127.0.0.1", IMAP, ca())) {
            assertThat(client.say("CAPABILITY")).contains("LOGINDISABLED").doesNotContain("AUTH=");
            assertThat(client.say("LOGIN grace@example.org " + secretOf("grace")))
                    .contains("NO [PRIVACYREQUIRED]");
        }
    }

    @Test
    void mailIsReadAndSentAtTheDoorsWhereTlsHasToBeAskedFor() throws Exception {
        assertThat(curl("--ssl-reqd pop3://127.0.0.1:" + POP3 + "/", secretOf("grace"))
                        .output())
                .startsWith("1 ");
        try (MailClient client = MailClient.inTheClear("127.0.0.1", SUBMISSION, ca())) {
            assertThat(client.greeting()).isEqualTo("220 localhost ESMTP Postern ready.");
            assertThat(client.ask("MAIL FROM:<ada@example.org>")).isEqualTo("530 5.7.0 Turn on TLS first.");
            assertThat(client.ask("STARTTLS")).startsWith("220 ");
            client.encrypt();
            client.send("EHLO x\r\n");
            assertThat(client.until("250 ")).isEqualTo("250-localhost\n250-SMTPUTF8\n250 AUTH PLAIN LOGIN\n");
        }
    }

    @Test
    void takingAnAppPasswordAwayEndsItsIdleSessionAtOnce() throws Exception {
        String issue = demo.commands("curl").get(7);
        String made = Shell.run("%s | grep -o '{.*}'".formatted(issue)).output();
        String secret = made.replaceAll("(?s).*\"secret\":\"([^\"]*)\".*", "$1");
        String id = made.replaceAll("(?s).*\"id\":\"([^\"]*)\".*", "$1");
        try (ImapClient idle = ImapClient.overTls("127.0.0.1", IMAPS, ca())) {
            assertThat(idle.say("LOGIN ada@example.org " + secret)).contains("OK");
            idle.say("SELECT INBOX");

            Shell.run(demo.commands("curl").get(8).replaceAll("apw_\\w+", id));

            assertThat(idle.line()).startsWith("* BYE ");
            assertThat(idle.isAtEnd()).isTrue();
            assertThat(curl("imaps://127.0.0.1:" + IMAPS + "/INBOX", secret).exitCode())
                    .isEqualTo(67);
        }
    }

    @Test
    void aPortThatIsTakenIsNamedWithItsOwnerAndAWayOut(@TempDir Path folder) throws Exception {
        try (DemoProcess second = DemoProcess.start(folder, "--shift", SHIFT)) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.output())
                    .contains("port " + IMAPS + " (imaps) is taken by java, process ")
                    .contains("./postern demo --shift");
        }
    }

    @Test
    void aFolderOfOnesOwnKeepsPeopleAndAppPasswords(@TempDir Path folder) throws Exception {
        String first;
        try (DemoProcess demo = DemoProcess.start(folder, "--data", folder + "/kept", "--shift", "22000")) {
            first = demo.awaitUp().shown("ada@example.org +app password +(\\S+)");
        }
        try (DemoProcess again = DemoProcess.start(folder, "--data", folder + "/kept", "--shift", "22000")) {
            assertThat(again.awaitUp().shown("ada@example.org +app password +(\\S+)"))
                    .isEqualTo(first);
            assertThat(Shell.run(again.commands("curl").getFirst()).output()).contains("It works");
        }
    }

    @Test
    void whatOnlyTheDemoNeedsIsNotOnTheClassPathOfTheServer() throws Exception {
        try (Stream<Path> jars = Files.list(Path.of("target/postern/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("greenmail") || name.contains("mail-"))
                    .noneMatch(name -> name.startsWith("bcprov") || name.startsWith("netty-pkitesting"))
                    .anyMatch(name -> name.startsWith("postern-proxy"));
        }
    }

    private Shell curl(String target, String password) throws Exception {
        return Shell.run("curl -sS --cacert %s %s -u 'ada@example.org:%s'"
                .formatted(ca(), target, password)
                .replace("ada@", target.startsWith("--ssl") ? "grace@" : "ada@"));
    }

    private String secretOf(String person) throws Exception {
        return demo.shown(person + "@example.org +app password +(\\S+)");
    }

    private Path ca() throws Exception {
        return Path.of(demo.shown("CA certificate +(\\S+)"));
    }
}
