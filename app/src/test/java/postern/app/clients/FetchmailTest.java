package postern.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** fetchmail, which takes mail away by itself, day and night, and writes to its owner when it cannot. */
@Tag("dovecot")
@Tag("fetchmail")
@ExtendWith(MailHouse.Shared.class)
class FetchmailTest {

    private static final int AUTHENTICATION_FAILED = 3;

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps", "pop3", "pop3s"})
    void takesAllMailAway(String door, MailHouse house) throws Exception {
        Person owner = house.person("fetchmail-" + door, MailHouse.BY_DOVECOT);
        for (int i = 1; i <= 20; i++) {
            house.deliver(owner, "Subject: Number %d\r\n\r\n.\r\nHello.\r\n".formatted(i));
        }

        Program fetched = fetchmail(house, owner, door);

        assertThat(fetched.exitCode()).as(fetched.output()).isZero();
        assertThat(Files.readString(home.resolve("taken"))).contains("Subject: Number 1\n", "Subject: Number 20\n");
        assertThat(fetchmail(house, owner, door).exitCode()).as("no mail").isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps", "pop3", "pop3s"})
    void saysThatItIsNotAuthorized(String door, MailHouse house) throws Exception {
        Person mistaken =
                house.person("fetchmail-wrong-" + door, MailHouse.BY_DOVECOT).mistaken();

        Program fetched = fetchmail(house, mistaken, door);

        assertThat(fetched.output()).contains("Wrong user name or app password.", "Authorization failure on");
        assertThat(fetched.exitCode()).as(fetched.output()).isEqualTo(AUTHENTICATION_FAILED);
    }

    private Program fetchmail(MailHouse house, Person person, String door) throws Exception {
        Path settings = Program.write(home, "fetchmailrc", """
                poll localhost service %d protocol %s timeout 20
                  user "%s" password "%s" %s sslcertck sslcertfile "%s"
                  mda "cat >>%s"
                """.formatted(
                        house.port(door),
                        door.startsWith("imap") ? "imap" : "pop3",
                        person.name(),
                        person.secret(),
                        door.endsWith("s") ? "ssl" : "sslproto 'TLS1.2+'",
                        house.caFile(),
                        home.resolve("taken")));
        return Program.run(home, "fetchmail", "-v", "-f", settings.toString(), "--nosyslog");
    }
}
