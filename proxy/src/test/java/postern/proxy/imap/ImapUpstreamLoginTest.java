package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import postern.credentials.LoginName;
import postern.proxy.conversation.UpstreamLogin;
import postern.proxy.upstream.UpstreamProof;
import postern.proxy.upstream.UpstreamProof.Bearer;
import postern.proxy.upstream.UpstreamProof.Bearer.Mechanism;
import postern.proxy.upstream.UpstreamProof.ForAnother;
import postern.proxy.upstream.UpstreamProof.MasterUser;
import postern.proxy.upstream.UpstreamProof.OwnPassword;

class ImapUpstreamLoginTest {

    @Test
    void aMasterUserNamesThePersonAndItself() {
        UpstreamLogin login = ImapUpstreamLogin.by(new MasterUser(ADA, "postern", "s3cret", "*"));

        assertThat(login.command()).isEqualTo("LOGIN \"ada@example.org*postern\" \"s3cret\"");
        assertThat(login.saidAll()).isTrue();
    }

    @Test
    void quotesAndBackslashesStayInTheirString() {
        UpstreamLogin login = ImapUpstreamLogin.by(new MasterUser(ADA, "postern", "a\"b\\c", "\\"));

        assertThat(login.command()).isEqualTo("LOGIN \"ada@example.org\\\\postern\" \"a\\\"b\\\\c\"");
    }

    @Test
    void aNameBeyondAsciiGoesAsALiteralOnceItIsAskedFor() {
        UpstreamLogin login =
                ImapUpstreamLogin.by(new MasterUser(new LoginName("zoë@example.org"), "postern", "s3cret", "*"));

        assertThat(login.command()).isEqualTo("LOGIN {24}");
        assertThat(login.responses()).containsExactly("zoë@example.org*postern \"s3cret\"");
        assertThat("zoë@example.org*postern".getBytes(StandardCharsets.UTF_8)).hasSize(24);
    }

    @Test
    void anAuthorizationIdentitySaysWhomWeActFor() {
        UpstreamLogin login = ImapUpstreamLogin.by(new ForAnother(ADA, "postern", "s3cret"));

        assertThat(login.command()).isEqualTo("AUTHENTICATE PLAIN");
        assertThat(said(login)).isEqualTo("ada@example.org\0postern\0s3cret");
    }

    @Test
    void aMailboxOfItsOwnPasswordLogsInAsAClientWould() {
        assertThat(ImapUpstreamLogin.by(new OwnPassword("ada@example.org", "s3cret"))
                        .command())
                .isEqualTo("LOGIN \"ada@example.org\" \"s3cret\"");
    }

    @Test
    void aTokenIsSaidOnceItIsAskedForAndARefusalIsHeardToItsEnd() {
        UpstreamLogin login = ImapUpstreamLogin.by(new Bearer(Mechanism.XOAUTH2, "ada@example.org", "t0ken"));

        assertThat(login.command()).isEqualTo("AUTHENTICATE XOAUTH2");
        assertThat(said(login)).isEqualTo("user=ada@example.org\u0001auth=Bearer t0ken\u0001\u0001");
        assertThat(login.surrender()).contains("");
    }

    @Test
    void aTokenByTheStandardIsSaidAsTheStandardSays() {
        UpstreamLogin login = ImapUpstreamLogin.by(new Bearer(Mechanism.OAUTHBEARER, "a,d=a@example.org", "t0ken"));

        assertThat(login.command()).isEqualTo("AUTHENTICATE OAUTHBEARER");
        assertThat(said(login)).isEqualTo("n,a=a=2Cd=3Da@example.org,\u0001auth=Bearer t0ken\u0001\u0001");
        assertThat(login.surrender()).contains("AQ==");
    }

    @Test
    void isNeverPrinted() {
        UpstreamProof proof = new MasterUser(ADA, "postern", "s3cret", "*");

        assertThat(proof).hasToString("***");
        assertThat(ImapUpstreamLogin.by(proof)).hasToString("***");
    }

    private static String said(UpstreamLogin login) {
        return new String(Base64.getDecoder().decode(login.responses().getFirst()), StandardCharsets.UTF_8);
    }
}
