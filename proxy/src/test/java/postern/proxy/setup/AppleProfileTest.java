package postern.proxy.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** What an iPhone takes in, for anybody who asks: without a password. */
@Timeout(60)
class AppleProfileTest {

    private static final SetupHouse HOUSE = new SetupHouse();

    @AfterAll
    static void close() {
        HOUSE.close();
    }

    @Test
    void aProfileForMailReadsAndSends() throws Exception {
        HttpResponse<String> answer = profile("ada@example.org", "mail");

        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/x-apple-aspen-config; charset=utf-8");
        assertThat(answer.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"mail.mobileconfig\"");
        Document plist = Schemas.plist(answer.body());
        assertThat(Schemas.account(plist))
                .containsEntry("PayloadType", "com.apple.mail.managed")
                .containsEntry("EmailAccountType", "EmailTypeIMAP")
                .containsEntry("EmailAccountDescription", "Mail & \"More\" <b>")
                .containsEntry("EmailAddress", "ada@example.org")
                .containsEntry("IncomingMailServerHostName", "mail.example.org")
                .containsEntry("IncomingMailServerPortNumber", "993")
                .containsEntry("IncomingMailServerUseSSL", "true")
                .containsEntry("IncomingMailServerUsername", "ada@example.org")
                .containsEntry("OutgoingMailServerHostName", "smtp.example.org")
                .containsEntry("OutgoingMailServerPortNumber", "587")
                .containsEntry("OutgoingMailServerUseSSL", "true")
                .containsEntry("OutgoingPasswordSameAsIncomingPassword", "true")
                .doesNotContainKeys("IncomingPassword", "OutgoingPassword");
        assertThat(Schemas.profile(plist))
                .containsEntry("PayloadType", "Configuration")
                .containsEntry("PayloadVersion", "1")
                .containsEntry("PayloadRemovalDisallowed", "false");
    }

    @Test
    void aProfileForActiveSyncLeadsToTheHttpsDoor() throws Exception {
        Map<String, String> account = Schemas.account(
                Schemas.plist(profile("ada@phones.example", "activesync").body()));

        assertThat(account)
                .containsEntry("PayloadType", "com.apple.eas.account")
                .containsEntry("Host", "phones.example")
                .containsEntry("SSL", "true")
                .containsEntry("UserName", "ada@phones.example")
                .doesNotContainKey("Password");
        assertThat(Schemas.account(
                        Schemas.plist(profile("ada@example.org", "activesync").body())))
                .containsEntry("Host", "mail.example.org:8443");
    }

    @Test
    void whoFetchesMailGetsAProfileForThat() throws Exception {
        assertThat(Schemas.account(
                        Schemas.plist(profile("ada@fetch.example", "mail").body())))
                .containsEntry("EmailAccountType", "EmailTypePOP")
                .containsEntry("IncomingMailServerPortNumber", "995");
    }

    /** A device takes one of the same names for the same, and of another for another. */
    @Test
    void installedAgainItTakesThePlaceOfTheOneBefore() throws Exception {
        String first = profile("ada@example.org", "mail").body();
        Map<String, String> adas = Schemas.profile(Schemas.plist(first));
        Map<String, String> account = Schemas.account(Schemas.plist(first));
        Map<String, String> bobs =
                Schemas.profile(Schemas.plist(profile("bob@example.org", "mail").body()));
        Map<String, String> phones = Schemas.profile(
                Schemas.plist(profile("ada@example.org", "activesync").body()));

        assertThat(profile("Ada@Example.ORG", "mail").body()).isEqualTo(first);
        for (String name : new String[] {"PayloadUUID", "PayloadIdentifier"}) {
            assertThat(adas.get(name)).isNotEqualTo(bobs.get(name)).isNotEqualTo(phones.get(name));
            assertThat(account.get(name)).isNotEqualTo(adas.get(name));
        }
        assertThat(adas.get("PayloadUUID")).matches("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}");
    }

    @ParameterizedTest
    @CsvSource({
        "ada@elsewhere.example, mail",
        "ada@plain.example, activesync",
        "ada@phones.example, mail",
        "ada@example.org, imap",
        "ada@example.org, ''",
        "'', mail"
    })
    void whatIsNotOfferedIsNotFoundInWordsForPeople(String address, String kind) throws Exception {
        HttpResponse<String> answer = profile(address, kind);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(answer.body()).contains("<h1>").doesNotContain("elsewhere", "example.org");
    }

    private HttpResponse<String> profile(String address, String kind) throws Exception {
        return HOUSE.get(SetupPath.PROFILE + "?kind=" + kind + "&address=" + SetupHouse.encoded(address));
    }
}
