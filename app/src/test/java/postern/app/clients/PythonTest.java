package postern.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts use: imaplib, poplib and smtplib. Each takes an error of its own for a wrong password, and no other. */
@Tag("dovecot")
@Tag("python")
@ExtendWith(MailHouse.Shared.class)
class PythonTest {

    private static final String HEAD = """
            import imaplib, poplib, smtplib, ssl, sys
            name, secret, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
            tls = ssl.create_default_context(cafile=sys.argv[4])
            """;

    private static final String IMAP = """
            client = imaplib.IMAP4('localhost', port, timeout=20)
            client.starttls(tls)
            """;

    private static final String IMAPS = """
            client = imaplib.IMAP4_SSL('localhost', port, ssl_context=tls, timeout=20)
            """;

    private static final String POP3 = """
            client = poplib.POP3('localhost', port, timeout=20)
            client.stls(tls)
            """;

    private static final String POP3S = """
            client = poplib.POP3_SSL('localhost', port, context=tls, timeout=20)
            """;

    private static final String SUBMISSION = """
            client = smtplib.SMTP('localhost', port, timeout=20)
            client.starttls(context=tls)
            """;

    private static final String SUBMISSIONS = """
            client = smtplib.SMTP_SSL('localhost', port, context=tls, timeout=20)
            """;

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps"})
    void readsByImap(String door, MailHouse house) throws Exception {
        Person reader = house.person("python-" + door, MailHouse.BY_DOVECOT);
        house.deliver(reader, "Subject: Naïve\r\n\r\nHello.\r\n");

        Program read = python(house, reader, door, """
                client.login(name, secret)
                print(client.select('INBOX'))
                print(client.fetch('1', '(BODY[HEADER.FIELDS (SUBJECT)])'))
                client.append('INBOX', '\\\\Seen', None, b'Subject: By the script\\r\\n\\r\\nHello.\\r\\n')
                print(client.search('UTF-8', 'SUBJECT', 'script'))
                print(client.logout())
                """);

        assertThat(read.output()).contains("('OK', [b'1'])", "Na", "('OK', [b'2'])", "'BYE'");
        assertThat(read.exitCode()).isZero();
    }

    /** It sends an empty line for a challenge that it cannot answer, and gives up with an exception. */
    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN"})
    void authenticatesInSteps(String mechanism, MailHouse house) throws Exception {
        Person reader = house.person("python-" + mechanism.toLowerCase(Locale.ROOT), MailHouse.BY_DOVECOT);

        Program read = python(house, reader, "imaps", """
                answers = iter([b'\\0' + name.encode() + b'\\0' + secret.encode()] if '%1$s' == 'PLAIN' \\
                    else [name.encode(), secret.encode()])
                print(client.authenticate('%1$s', lambda challenge: next(answers)))
                print(client.noop())
                """.formatted(mechanism));

        assertThat(read.output()).contains("('OK', [b'", "Logged in.", "NOOP completed");
        assertThat(read.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pop3", "pop3s"})
    void readsByPop3(String door, MailHouse house) throws Exception {
        Person reader = house.person("python-" + door, MailHouse.BY_DOVECOT);
        house.deliver(reader, "Subject: Dots\r\n\r\n.\r\n..\r\nHello.\r\n");

        Program read = python(house, reader, door, """
                client.user(name); client.pass_(secret)
                print(client.stat()[0], client.retr(1)[1])
                print(client.quit())
                """);

        assertThat(read.output()).contains("1 [", "b'.', b'..', b'Hello.'", "+OK");
        assertThat(read.exitCode()).isZero();
    }

    @Tag("postfix")
    @EnabledIf("postern.app.postfix.Postfix#mayRun")
    @ParameterizedTest
    @CsvSource({
        "submission, @example.org",
        "submission, @example.net",
        "submissions, @example.org",
        "submissions, @example.net"
    })
    void sends(String door, String by, MailHouse house) throws Exception {
        Person sender = house.person("python", by);

        Program sent = python(house, sender, door, """
                print(client.login(name, secret))
                print(client.sendmail(name, [name], 'Subject: From a script by %s\\n\\n.\\nHello.\\n'))
                print(client.quit())
                """.formatted(door));

        assertThat(sent.output()).contains("(235, ", "{}", "(221, ");
        assertThat(house.arrived(sender, "Subject: From a script by " + door)).contains("\n.\nHello.");
    }

    /** Refused by PLAIN, smtplib tries LOGIN with the same password, and then tells what it heard last. */
    @ParameterizedTest
    @CsvSource({
        "imap, imaplib.IMAP4.error: b'[AUTHENTICATIONFAILED] Wrong user name or app password.'",
        "imaps, imaplib.IMAP4.error: b'[AUTHENTICATIONFAILED] Wrong user name or app password.'",
        "pop3, poplib.error_proto: b'-ERR [AUTH] Wrong user name or app password.'",
        "pop3s, poplib.error_proto: b'-ERR [AUTH] Wrong user name or app password.'",
        "submission, 'smtplib.SMTPAuthenticationError: (535, b''5.7.8 Wrong user name or app password.'')'",
        "submissions, 'smtplib.SMTPAuthenticationError: (535, b''5.7.8 Wrong user name or app password.'')'"
    })
    void takesAWrongPasswordForOne(String door, String error, MailHouse house) throws Exception {
        Person mistaken =
                house.person("python-wrong-" + door, MailHouse.BY_DOVECOT).mistaken();
        String login =
                door.startsWith("pop") ? "client.user(name); client.pass_(secret)" : "client.login(name, secret)";

        Program read = python(house, mistaken, door, login);

        assertThat(read.output()).endsWith(error + "\n");
        assertThat(read.exitCode()).isOne();
    }

    private Program python(MailHouse house, Person person, String door, String script) throws Exception {
        String connect = switch (door) {
            case "imap" -> IMAP;
            case "imaps" -> IMAPS;
            case "pop3" -> POP3;
            case "pop3s" -> POP3S;
            case "submission" -> SUBMISSION;
            default -> SUBMISSIONS;
        };
        Path file = Program.write(home, "script.py", HEAD + connect + script);
        return Program.run(
                home,
                "/usr/bin/python3",
                file.toString(),
                person.name(),
                person.secret(),
                Integer.toString(house.port(door)),
                house.caFile());
    }
}
