package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.issue.Issue.Made;
import postern.proxy.http.ActiveSyncPhone;
import postern.proxy.http.HttpAnswer;

/** What mail programs ask before they know anything, at the door where phones come in. */
class SetupAtTheDoorTest {

    private static final String SETUP = """
            client-setup.offers.main {
              domains = [ example.org ], host = mail.example.org, activesync.offered = true
            }
            """;

    private final PhoneServer house;
    private final ActiveSyncPhone phone;

    SetupAtTheDoorTest(@TempDir Path folder) throws Exception {
        house = PhoneServer.start(folder, SETUP);
        phone = house.phone();
    }

    @AfterEach
    void close() throws Exception {
        phone.close();
        house.close();
    }

    private HttpAnswer get(String target) throws Exception {
        phone.say(phone.head("GET", target));
        return phone.answer();
    }

    @Test
    void nobodyHasToLogInToBeToldWhereTo() throws Exception {
        HttpAnswer answer = get("/mail/config-v1.1.xml?emailaddress=ada@example.org");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<hostname>mail.example.org</hostname>");
        assertThat(get("/autodiscover/autodiscover.json?Email=ada@example.org&Protocol=ActiveSync")
                        .text())
                .contains("https://mail.example.org/Microsoft-Server-ActiveSync");
    }

    /** Trap 39. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mail/config-v1.1.xml?emailaddress=ada@other.example",
                "/autodiscover/autodiscover.json?Email=ada@other.example&Protocol=ActiveSync"
            })
    void ofAnotherDomainNothingIsToldAndNoPasswordAskedFor(String target) throws Exception {
        HttpAnswer answer = get(target);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.head().all("WWW-Authenticate")).isEmpty();
        assertThat(answer.text()).doesNotContain("mail.example.org");
    }

    @Test
    void anAppPasswordGoesIntoAProfileByALinkThatWorksOnce() throws Exception {
        Made made = house.server().issue(ADA);
        byte[] form = ("kind=mail&address=ada%40example.org&app_password="
                        + URLEncoder.encode(made.secret(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        phone.say(
                phone.head("POST", "/setup/apple.mobileconfig")
                        .and("Content-Type", "application/x-www-form-urlencoded")
                        .and("Content-Length", String.valueOf(form.length)),
                form);
        HttpAnswer link = phone.answer();

        assertThat(link.status()).as(link.text()).isEqualTo(201);
        String target = link.head().first("Location").orElseThrow().replaceFirst("https://[^/]+", "");
        assertThat(get(target).text()).contains(made.secret());
        assertThat(get(target).status()).isEqualTo(404);
    }
}
