package postern.proxy.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import postern.proxy.conversation.UpstreamLanguage.Lack;
import postern.proxy.upstream.SampleUpstreamSettings;

class Pop3UpstreamLanguageTest {

    private final Pop3UpstreamLanguage language = new Pop3UpstreamLanguage();

    /** GreenMail answers CAPA with UIDL alone, and takes USER. */
    @Test
    void aServerThatForgetsUserInItsCapabilitiesLacksNothing() {
        assertThat(language.lacks(SampleUpstreamSettings.home("", "secret"), List.of("UIDL")))
                .isEmpty();
    }

    @Test
    void aMechanismThatIsNotThereIsLacked() {
        assertThat(language.lacks(
                        SampleUpstreamSettings.home("login.strategy = authzid", "secret"), List.of("SASL XOAUTH2")))
                .containsExactly(new Lack("SASL PLAIN", "login.strategy"));
    }
}
