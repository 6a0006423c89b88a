package postern.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** curl, which asks for capabilities once and sends what they allow. */
@Tag("dovecot")
@Tag("curl")
@ExtendWith(MailHouse.Shared.class)
class CurlTest {

    private static final int LOGIN_DENIED = 67;

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({"imap, /INBOX/;MAILINDEX=1", "imaps, /INBOX/;MAILINDEX=1", "pop3, /1", "pop3s, /1"})
    void readsAMessage(String door, String message, MailHouse house) throws Exception {
        Person reader = house.person("curl-reads-" + door, MailHouse.BY_DOVECOT);
        house.deliver(reader, "Subject: Through the side gate\r\n\r\nHello, " + door + ".\r\n");

        Program read = curl(house, reader, door, message);

        assertThat(read.output()).contains("Subject: Through the side gate", "Hello, " + door + ".");
        assertThat(read.exitCode()).isZero();
    }

    /** Instead of waiting for a challenge that it could answer in advance. */
    @ParameterizedTest
    @ValueSource(strings = {"imaps", "pop3s"})
    void sendsItsMessageAlongWhenItIsTold(String door, MailHouse house) throws Exception {
        Person reader = house.person("curl-at-once-" + door, MailHouse.BY_DOVECOT);
        house.deliver(reader, "Subject: At once\r\n\r\n");

        assertThat(curl(house, reader, door, "/", "--sasl-ir", "--login-options", "AUTH=PLAIN")
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps", "pop3", "pop3s", "submission", "submissions"})
    void saysThatTheLoginWasDenied(String door, MailHouse house) throws Exception {
        Person mistaken =
                house.person("curl-wrong-" + door, MailHouse.BY_DOVECOT).mistaken();

        Program read = curl(house, mistaken, door, door.startsWith("s") ? "" : "/", "--mail-rcpt", "x@example.org");

        assertThat(read.exitCode()).as(read.output()).isEqualTo(LOGIN_DENIED);
        assertThat(read.output()).contains("Login denied");
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
        Person sender = house.person("curl", by);
        Path message = Program.write(home, "message", "Subject: By %s\r\n\r\nHello.\r\n".formatted(door));

        Program sent = curl(
                house,
                sender,
                door,
                "",
                "--mail-from",
                sender.name(),
                "--mail-rcpt",
                sender.name(),
                "-T",
                message.toString());

        assertThat(sent.exitCode()).as(sent.output()).isZero();
        assertThat(house.arrived(sender, "Subject: By " + door)).contains("Hello.");
    }

    private Program curl(MailHouse house, Person person, String door, String path, String... more) throws Exception {
        String scheme = door.replace("submission", "smtp");
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--cacert", house.caFile()));
        if (!door.endsWith("s")) {
            command.add("--ssl-reqd");
        }
        command.addAll(List.of("-u", person.name() + ":" + person.secret(), "--max-time", "20"));
        command.addAll(List.of(more));
        command.add("%s://localhost:%d%s".formatted(scheme, house.port(door), path));
        return Program.run(home, command.toArray(String[]::new));
    }
}
