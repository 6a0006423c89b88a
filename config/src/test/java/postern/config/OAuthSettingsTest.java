package postern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.config.SampleFiles.read;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.config.OAuthSettings.ClientKey;
import postern.config.OAuthSettings.Freshness;
import postern.config.OAuthSettings.Grant;
import postern.config.OAuthSettings.Mechanism;
import postern.config.UpstreamLoginSettings.MailboxPassword;
import postern.config.UpstreamLoginSettings.OAuth;

class OAuthSettingsTest {

    private static final String ENOUGH =
            "token-endpoint = \"https://login.example/token\", client-id = postern, scopes = [ mail ]";

    @Test
    void aConsentNeedsLittleMoreThanWhereAndWhoAndWhat() throws Exception {
        OAuthSettings oauth = oauth(ENOUGH);

        assertThat(oauth.grant()).isEqualTo(Grant.CONSENT);
        assertThat(oauth.mechanism()).isEqualTo(Mechanism.XOAUTH2);
        assertThat(oauth.scopes()).isEqualTo(List.of("mail"));
        assertThat(oauth.clientSecret()).isEmpty();
        assertThat(oauth.authorizationEndpoint()).isEmpty();
        assertThat(oauth.consentLasts()).isEmpty();
        assertThat(oauth.freshness())
                .isEqualTo(new Freshness(Duration.ofMinutes(45), Duration.ofMinutes(10), Duration.ofMinutes(5)));
    }

    @Test
    void onlyWhatAStrategyNeedsIsDemanded() throws Exception {
        assertThat(read("upstreams.main { host = mail.example.org, login.strategy = mailbox-password }")
                        .upstreams()
                        .values()
                        .iterator()
                        .next())
                .extracting(UpstreamSettings::login)
                .isEqualTo(new MailboxPassword());
        assertThatThrownBy(() -> oauth("mechanism = oauthbearer"))
                .hasMessageContaining(
                        "oauth.token-endpoint: not set (expected: https://…, or http://… on this machine)")
                .hasMessageContaining("oauth.client-id: not set (expected: what the provider calls us)")
                .hasMessageContaining("oauth.scopes: not set (expected: one at least)")
                .hasMessageNotContaining("login.user")
                .hasMessageNotContaining("login.password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example/token",
                "https://login.example/token#here",
                "https://ada@login.example/token",
                "https:login.example",
                "ftp://login.example/token",
                "nowhere"
            })
    void aTokenIsAskedForNowhereButOverTlsOrOnThisMachine(String endpoint) throws Exception {
        assertThatThrownBy(() -> oauth(ENOUGH + ", token-endpoint = \"" + endpoint + "\""))
                .hasMessageContaining("(expected: https://…, or http://… on this machine)");
        assertThat(oauth(ENOUGH + ", token-endpoint = \"http://[::1]:8080/token\"")
                        .tokenEndpoint())
                .hasPort(8080);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grant = client-credentials | client-secret",
                "grant = service-account | service-account-file",
                "client-key-file = key.pem | client-key-file",
                "client-key-file = key.pem, client-certificate-file = c.pem, client-secret = { env = POSTERN_MASTER } | client-secret",
                "grant = client-credentials, client-secret = { env = POSTERN_MASTER }, shared-mailboxes { \"a@b\" = \"c@d\" } | shared-mailboxes",
                "shared-mailboxes { \"a@b\" = c } | shared-mailboxes",
                "shared-mailboxes { a = \"c@d\" } | shared-mailboxes",
                "sign-in-names { \"a@b\" = c } | sign-in-names",
                "sign-in-names { a = \"c@d\" } | sign-in-names",
                "authorization-endpoint = \"https://login.example/page\" | issuer",
                "device-endpoint = \"https://login.example/device\" | issuer",
                "issuer = nobody | issuer",
                "authorization-parameters { state = mine } | authorization-parameters",
                "authorization-parameters { code_challenge = mine } | authorization-parameters",
                "authorization-parameters { \"a&b\" = c } | authorization-parameters",
                "timeout = 2m | timeout",
                "scopes = [ \"one two\" ] | scopes"
            })
    void whatDoesNotFitTogetherIsToldOf(String more, String key) {
        assertThatThrownBy(() -> oauth(ENOUGH + ", " + more))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("login.oauth." + key);
    }

    @Test
    void aKeyMayStandInForASecret() throws Exception {
        OAuthSettings oauth = oauth(
                ENOUGH + ", client-key-file = key.pem, client-certificate-file = c.pem, client-key-algorithm = rs256");

        assertThat(oauth.clientKey().orElseThrow().algorithm()).isEqualTo(ClientKey.Algorithm.RS256);
    }

    @Test
    void aProfileKnowsHowPeopleSignIn() throws Exception {
        OAuthSettings google = ((OAuth) read("upstreams.main { profile = google, login.oauth.client-id = postern }")
                        .upstreams()
                        .values()
                        .iterator()
                        .next()
                        .login())
                .settings();

        assertThat(google.signIn())
                .isEqualTo(new SignInSettings(
                        Optional.of("https://accounts.google.com"),
                        Map.of("access_type", "offline", "prompt", "consent"),
                        Map.of()));
        assertThat(google.consentLasts()).contains(Duration.ofDays(180));
    }

    @Test
    void peopleComeBackToAPlaceOfTheUpstreamsOwn() throws Exception {
        Settings settings = read("consent.public-url = \"https://mail.example.org/\"\n" + SampleFiles.UPSTREAM);

        assertThat(settings.consent()
                        .redirect(settings.upstreams().values().iterator().next()))
                .contains(URI.create("https://mail.example.org/consent/main"));
        assertThat(read("").consent().publicUrl()).isEmpty();
        assertThat(read("consent.warn-before = 0s").consent().warnBefore()).isEmpty();
        for (String wrong : List.of("http://mail.example.org", "https://mail.example.org/?a=b", "mail.example.org")) {
            assertThatThrownBy(() -> read("consent.public-url = \"" + wrong + "\""))
                    .hasMessageContaining("consent.public-url");
        }
    }

    private static OAuthSettings oauth(String oauth) throws SettingsException {
        UpstreamSettings main = read("upstreams.main { host = mail.example.org, login { strategy = oauth, oauth { "
                        + oauth + " } } }")
                .upstreams()
                .values()
                .iterator()
                .next();
        return ((OAuth) main.login()).settings();
    }
}
