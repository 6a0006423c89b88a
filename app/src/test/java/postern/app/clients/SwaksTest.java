package postern.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.app.clients.MailHouse.KNOWN_DEVICE;
import static postern.app.clients.MailHouse.KNOWN_DEVICE_ID;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.CredentialStore;
import postern.credentials.PresentedSecret;
import postern.credentials.SampleLogins;

/** swaks, by which administrators find out what a server does; so what it shows is what they tell us. */
@Tag("dovecot")
@Tag("swaks")
@ExtendWith(MailHouse.Shared.class)
class SwaksTest {

    private static final int MAIL_REFUSED = 23;
    private static final int AUTHENTICATION_FAILED = 28;

    @TempDir
    private Path home;

    @Tag("postfix")
    @EnabledIf("postern.app.postfix.Postfix#mayRun")
    @ParameterizedTest
    @CsvSource({
        "submission, @example.org, LOGIN",
        "submission, @example.net, PLAIN",
        "submissions, @example.org, PLAIN",
        "submissions, @example.net, LOGIN"
    })
    void sends(String door, String by, String mechanism, MailHouse house) throws Exception {
        assertSends(house, house.person("swaks", by), door, mechanism);
    }

    /** With the same app password, and Postfix hears of none. */
    @Tag("postfix")
    @EnabledIf("postern.app.postfix.Postfix#mayRun")
    @ParameterizedTest
    @CsvSource({"submission, PLAIN", "submissions, LOGIN"})
    void sendsThroughAMailServerThatTakesTokens(String door, String mechanism, MailHouse house) throws Exception {
        Person sender = house.person("swaks", MailHouse.BY_TOKEN);

        assertSends(house, sender, door, mechanism);

        await().untilAsserted(() ->
                assertThat(house.postfixLog()).contains("sasl_method=XOAUTH2, sasl_username=" + sender.name()));
    }

    private void assertSends(MailHouse house, Person sender, String door, String mechanism) throws Exception {
        String subject = "%s by %s".formatted(mechanism, door);

        Program sent = swaks(house, sender, door, "--auth", mechanism, "--header", "Subject: " + subject);

        assertThat(sent.output()).contains("AUTH " + mechanism, "235 2.7.0 Logged in.");
        assertThat(sent.exitCode()).isZero();
        assertThat(house.arrived(sender, subject)).contains("This is a test mailing");
    }

    /** It shows each of its tries: LOGIN, then PLAIN, with the same password. */
    @ParameterizedTest
    @ValueSource(strings = {"submission", "submissions"})
    void saysThatAuthenticationFailed(String door, MailHouse house) throws Exception {
        Person mistaken =
                house.person("swaks-wrong-" + door, MailHouse.BY_DOVECOT).mistaken();

        Program sent = swaks(house, mistaken, door, "--auth");

        assertThat(sent.output())
                .contains("535 5.7.8 Wrong user name or app password.", "No authentication type succeeded");
        assertThat(sent.exitCode()).isEqualTo(AUTHENTICATION_FAILED);
    }

    /** As a printer would, on the port of devices. */
    @Tag("postfix")
    @EnabledIf("postern.app.postfix.Postfix#mayRun")
    @ParameterizedTest
    @ValueSource(strings = {"LOGIN", "PLAIN"})
    void sendsWithoutTlsFromWhereThatMayBe(String mechanism, MailHouse house) throws Exception {
        Person sender = house.person("swaks", MailHouse.BY_POSTFIX);
        String subject = "%s without TLS".formatted(mechanism);

        Program sent = inTheClear(house, sender, "127.0.0.1", mechanism, "--header", "Subject: " + subject);

        assertThat(sent.output()).contains("235 2.7.0 Logged in.").doesNotContain("TLS started");
        assertThat(sent.exitCode()).isZero();
        assertThat(house.arrived(sender, subject)).contains("This is a test mailing");
    }

    /** It looks for AUTH in what is offered, and finds none. */
    @Test
    void sendsNothingWithoutTlsFromElsewhere(MailHouse house) throws Exception {
        Person sender = house.person("swaks", MailHouse.BY_DOVECOT);

        Program refused = inTheClear(house, sender, "127.0.0.3", "LOGIN");

        assertThat(refused.output()).contains("250 STARTTLS").doesNotContain("AUTH LOGIN", "334 ");
        assertThat(refused.exitCode()).isEqualTo(AUTHENTICATION_FAILED);
    }

    /** As a printer that knows no password. */
    @Tag("postfix")
    @EnabledIf("postern.app.postfix.Postfix#mayRun")
    @Test
    void sendsWithoutALoginFromAnAddressThatIsKnownAndFromNoOther(MailHouse house) throws Exception {
        Person device = house.person("swaks", MailHouse.BY_POSTFIX);
        CredentialStore store = house.server().postern().store();
        PresentedSecret nobodyKnows = SampleLogins.typed(SampleLogins.SCANNER_SECRET);
        store.add(
                SampleLogins.appPassword(KNOWN_DEVICE, KNOWN_DEVICE_ID, nobodyKnows, SampleLogins.CHEAP_HASHER),
                40,
                SampleLogins.ROOT);

        Program sent = withoutALogin(house, device, "127.0.0.1", "--header", "Subject: Without a login");

        assertThat(sent.output()).doesNotContain("AUTH");
        assertThat(sent.exitCode()).isZero();
        assertThat(house.arrived(device, "Without a login")).contains("This is a test mailing");
        assertThat(withoutALogin(house, device, "127.0.0.3").output()).contains("530 5.7.0 Turn on TLS first.");

        store.revoke(KNOWN_DEVICE, KNOWN_DEVICE_ID, SampleLogins.ROOT);
        Program refused = withoutALogin(house, device, "127.0.0.1");

        assertThat(refused.output()).contains("530 5.7.0 Log in first.");
        assertThat(refused.exitCode()).isEqualTo(MAIL_REFUSED);
    }

    private Program inTheClear(MailHouse house, Person person, String from, String mechanism, String... more)
            throws Exception {
        List<String> all = new ArrayList<>(List.of("--auth", mechanism));
        all.addAll(List.of("--auth-user", person.name(), "--auth-password", person.secret()));
        all.addAll(List.of(more));
        return from(from, house.port("devices"), person, all);
    }

    private Program withoutALogin(MailHouse house, Person person, String from, String... more) throws Exception {
        return from(from, house.port("known-devices"), person, List.of(more));
    }

    private Program from(String address, int port, Person person, List<String> more) throws Exception {
        List<String> command = new ArrayList<>(List.of("swaks", "--server", "127.0.0.1"));
        command.addAll(List.of("--port", Integer.toString(port), "--timeout", "20", "--local-interface", address));
        command.addAll(List.of("--from", person.name(), "--to", person.name()));
        command.addAll(more);
        return Program.run(home, command.toArray(String[]::new));
    }

    private Program swaks(MailHouse house, Person person, String door, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("swaks", "--server", "localhost"));
        command.addAll(List.of("--port", Integer.toString(house.port(door)), "--timeout", "20"));
        command.addAll(List.of(door.endsWith("s") ? "--tlsc" : "--tls", "--tls-verify"));
        command.addAll(List.of("--tls-ca-path", house.caFile()));
        command.addAll(List.of("--from", person.name(), "--to", person.name()));
        command.addAll(List.of("--auth-user", person.name(), "--auth-password", person.secret()));
        command.addAll(List.of(more));
        return Program.run(home, command.toArray(String[]::new));
    }
}
