package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.provider.FakeProvider.Reply.json;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.issue.Issue.Made;
import postern.credentials.provider.FakeProvider;
import postern.proxy.http.ActiveSyncPhone;
import postern.proxy.http.HttpAnswer;

/** A phone that knows a password alone, at a mail server that takes tokens alone. */
class BasicToBearerTest {

    private static final String TOKEN = "{\"token_type\":\"Bearer\",\"access_token\":\"fresh\",\"expires_in\":3600}";

    private final FakeProvider provider;
    private final PhoneServer house;
    private final Made made;
    private final ActiveSyncPhone phone;

    BasicToBearerTest(@TempDir Path folder) throws Exception {
        provider = FakeProvider.saying(TOKEN);
        house = PhoneServer.start(folder, """
                upstreams.mail.login {
                  strategy = oauth
                  oauth {
                    grant = client-credentials, token-endpoint = "%s"
                    client-id = postern, client-secret = { file = master }, scopes = [ mail ]
                  }
                }
                """.formatted(provider.endpoint()));
        house.exchange().withoutRules().letsIn("Bearer fresh", ADA.value());
        made = house.server().issue(ADA);
        phone = house.phone().as(ADA.value(), made.secret());
    }

    @AfterEach
    void close() throws Exception {
        phone.close();
        house.close();
        provider.close();
    }

    @Test
    void thePasswordBecomesATokenThatTheMailServerAloneSees() throws Exception {
        HttpAnswer answer = phone.options();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(house.exchange().heard())
                .singleElement()
                .satisfies(
                        heard -> assertThat(heard.head().all("Authorization")).containsExactly("Bearer fresh"));
        assertThat(answer.head().toString()).doesNotContain("fresh");
    }

    @Test
    void aWrongPasswordCausesNoRequestForAToken() throws Exception {
        assertThat(phone.as(ADA.value(), "bcdfghjkmnpqrstvwxyz").options().status())
                .isEqualTo(401);
        assertThat(provider.requests()).isEmpty();
        assertThat(house.exchange().accepted()).isZero();
    }

    @Test
    void aPhoneIsToldToComeAgainWhenThereIsNoToken() throws Exception {
        provider.say(json(503, "{}"));

        HttpAnswer answer = phone.options();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.head().first("Retry-After")).contains("60");
        assertThat(answer.text()).isEqualTo("The mail server is not reachable.\n");
    }

    /** It is not its password that the mail server refuses. */
    @Test
    void aTokenThatIsRefusedIsNoWrongPassword() throws Exception {
        provider.say(TOKEN.replace("fresh", "stale"));

        HttpAnswer answer = phone.options();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.head().all("WWW-Authenticate")).isEmpty();
        assertThat(answer.text()).isEqualTo("The mail server will not open this mailbox.\n");
    }
}
