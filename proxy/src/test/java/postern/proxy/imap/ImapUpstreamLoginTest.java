package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import postern.config.Secret;
import postern.config.UpstreamLoginSettings;
import postern.config.UpstreamLoginSettings.Strategy;
import postern.credentials.LoginName;
import postern.proxy.conversation.UpstreamLogin;

class ImapUpstreamLoginTest {

    @Test
    void aMasterUserNamesThePersonAndItself() {
        UpstreamLogin login = ImapUpstreamLogin.to(ADA, settings(Strategy.MASTER_USER, "s3cret", "*"));

        assertThat(login.command()).isEqualTo("LOGIN \"ada@example.org*postern\" \"s3cret\"");
        assertThat(login.response()).isEmpty();
    }

    @Test
    void quotesAndBackslashesStayInTheirString() {
        UpstreamLogin login = ImapUpstreamLogin.to(ADA, settings(Strategy.MASTER_USER, "a\"b\\c", "\\"));

        assertThat(login.command()).isEqualTo("LOGIN \"ada@example.org\\\\postern\" \"a\\\"b\\\\c\"");
    }

    @Test
    void aNameBeyondAsciiGoesAsALiteralOnceItIsAskedFor() {
        UpstreamLogin login =
                ImapUpstreamLogin.to(new LoginName("zoë@example.org"), settings(Strategy.MASTER_USER, "s3cret", "*"));

        assertThat(login.command()).isEqualTo("LOGIN {24}");
        assertThat(login.response()).contains("zoë@example.org*postern \"s3cret\"");
        assertThat("zoë@example.org*postern".getBytes(StandardCharsets.UTF_8)).hasSize(24);
    }

    @Test
    void anAuthorizationIdentitySaysWhomWeActFor() {
        UpstreamLogin login = ImapUpstreamLogin.to(ADA, settings(Strategy.AUTHZID, "s3cret", "*"));

        assertThat(login.command()).isEqualTo("AUTHENTICATE PLAIN");
        assertThat(new String(Base64.getDecoder().decode(login.response().orElseThrow()), StandardCharsets.UTF_8))
                .isEqualTo("ada@example.org\0postern\0s3cret");
    }

    @Test
    void isNeverPrinted() {
        assertThat(ImapUpstreamLogin.to(ADA, settings(Strategy.MASTER_USER, "s3cret", "*")))
                .hasToString("***");
    }

    private static UpstreamLoginSettings settings(Strategy strategy, String password, String separator) {
        return new UpstreamLoginSettings(strategy, "postern", new Secret(password), separator);
    }
}
