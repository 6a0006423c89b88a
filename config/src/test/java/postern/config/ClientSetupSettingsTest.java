package postern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.config.SampleFiles.read;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.config.SetupOffer.ClientTls;
import postern.config.SetupOffer.MailPlace;
import postern.config.SetupOffer.WebPlace;

class ClientSetupSettingsTest {

    @Test
    void nobodyIsToldAnythingUnlessAFileSaysSo() throws Exception {
        ClientSetupSettings setup = read("").clientSetup();

        assertThat(setup.offers()).isEmpty();
        assertThat(setup.of("example.org")).isEmpty();
        assertThat(setup.linkLasts()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void anOfferNeedsLittleMoreThanDomainsAndAHost() throws Exception {
        ClientSetupSettings setup = read("""
                client-setup.offers.main {
                  domains = [ Example.ORG, example.net ], host = mail.example.org
                  smtp { host = smtp.example.org, port = 587, tls = starttls }
                  https.port = 8443
                }
                """).clientSetup();

        SetupOffer main = setup.of("example.net").orElseThrow();
        assertThat(setup.of("example.org")).contains(main);
        assertThat(setup.of("example.com")).isEmpty();
        assertThat(main.imap()).contains(new MailPlace("mail.example.org", 993, ClientTls.IMPLICIT));
        assertThat(main.pop3()).isEmpty();
        assertThat(main.smtp()).contains(new MailPlace("smtp.example.org", 587, ClientTls.STARTTLS));
        assertThat(main.https()).isEqualTo(new WebPlace("mail.example.org", 8443));
        assertThat(main.https().authority()).isEqualTo("mail.example.org:8443");
        assertThat(main.activesync()).isFalse();
        assertThat(main.displayName()).isEmpty();
    }

    @Test
    void whoIsOfferedBothReadsByTheBetterOne() throws Exception {
        ClientSetupSettings setup = read("""
                client-setup.offers {
                  both { domains = [ a.example ], host = a.example, pop3.offered = on }
                  old { domains = [ b.example ], host = b.example, imap.offered = off, pop3.offered = on }
                }
                """).clientSetup();

        assertThat(setup.of("a.example").orElseThrow().incoming())
                .hasValueSatisfying(place -> assertThat(place.port()).isEqualTo(993));
        assertThat(setup.of("b.example").orElseThrow().incoming())
                .hasValueSatisfying(place -> assertThat(place.port()).isEqualTo(995));
    }

    @Test
    void aDomainStandsInOneOffer() {
        assertThatThrownBy(() -> read("""
                client-setup.offers.a { domains = [ example.org, other.example, other.example ], host = a.example }
                client-setup.offers.b { domains = [ EXAMPLE.org ], host = b.example }
                """))
                .hasMessageContaining("client-setup.offers: example.org in a and in b (expected: each domain once)")
                .hasMessageContaining("client-setup.offers: other.example twice in a (expected: each domain once)");
    }

    @Test
    void everyMistakeInAnOfferIsToldAlsoOfWhatIsNotOffered() {
        assertThatThrownBy(() -> read("""
                client-setup { link-lasts = 5s, offers {
                  main { host = "mail example", pop3 { offered = off, port = 0, tls = none } }
                } }
                """))
                .hasMessageContaining("main.domains: not set (expected: one domain at least)")
                .hasMessageContaining("main.host: \"mail example\" (expected: a host name)")
                .hasMessageContaining("main.pop3.port: 0 (expected: 1 to 65535)")
                .hasMessageContaining("main.pop3.tls: \"none\" (expected: implicit or starttls)")
                .hasMessageContaining("client-setup.link-lasts: \"5s\" (expected: 1m to 1d)");
        assertThatThrownBy(() -> read("client-setup.offers.main.domains = [ example.org ]"))
                .hasMessageContaining("client-setup.offers.main.host: not set (expected: a host name)");
    }

    /** It stands in XML, in addresses and in DNS. */
    @ParameterizedTest
    @CsvSource({
        "domains = [ \"exämple.org\" ]",
        "domains = [ \"example.org<\" ]",
        "domains = [ \"ada@example.org\" ]",
        "host = \"mail.example.org:443\"",
        "host = \"mail..example\"",
        "host = \"-mail.example\"",
        "display-name = \"a\\u0001b\"",
        "display-name = \"a\\nb\""
    })
    void aNameIsOneThatMayStandEverywhere(String line) {
        assertThatThrownBy(() -> read("client-setup.offer-defaults { " + line + " }"))
                .hasMessageContaining("client-setup.offer-defaults." + line.substring(0, line.indexOf(' ')));
    }
}
