package postern.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** msmtp, which stands in for sendmail on machines without a mail server. */
@Tag("dovecot")
@Tag("msmtp")
@ExtendWith(MailHouse.Shared.class)
class MsmtpTest {

    private static final int NO_PERMISSION = 77;

    @TempDir
    private Path home;

    @Tag("postfix")
    @EnabledIf("postern.app.postfix.Postfix#mayRun")
    @ParameterizedTest
    @CsvSource({
        "submission, @example.org, plain",
        "submission, @example.net, login",
        "submissions, @example.org, login",
        "submissions, @example.net, plain"
    })
    void sends(String door, String by, String method, MailHouse house) throws Exception {
        Person sender = house.person("msmtp", by);

        Program sent = msmtp(house, sender, door, method);

        assertThat(sent.output()).isEmpty();
        assertThat(sent.exitCode()).isZero();
        assertThat(house.arrived(sender, "Subject: %s %s".formatted(door, method)))
                .contains("\n.\nHello.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"submission", "submissions"})
    void saysThatAuthenticationFailed(String door, MailHouse house) throws Exception {
        Person mistaken =
                house.person("msmtp-wrong-" + door, MailHouse.BY_DOVECOT).mistaken();

        Program sent = msmtp(house, mistaken, door, "on");

        assertThat(sent.output())
                .contains("authentication failed", "server message: 535 5.7.8 Wrong user name or app password.");
        assertThat(sent.exitCode()).isEqualTo(NO_PERMISSION);
    }

    private Program msmtp(MailHouse house, Person person, String door, String method) throws Exception {
        Path settings = Program.write(home, "msmtprc", """
                account default
                host localhost
                port %d
                timeout 20
                from %s
                auth %s
                user %s
                password %s
                tls on
                tls_starttls %s
                tls_trust_file %s
                """.formatted(
                        house.port(door),
                        person.name(),
                        method,
                        person.name(),
                        person.secret(),
                        door.endsWith("s") ? "off" : "on",
                        house.caFile()));
        return Program.reading(
                "Subject: %s %s\n\n.\nHello.\n".formatted(door, method),
                home,
                "msmtp",
                "-C",
                settings.toString(),
                person.name());
    }
}
