package postern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.config.SampleFiles.read;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import postern.config.RouteSettings.Route;
import postern.config.RouteSettings.Rule;
import postern.config.UpstreamTrust.OwnCertificate;

/** What operators say of the way upstream. */
class UpstreamsTest {

    private static final String LOGIN = "login { user = postern, password = { env = POSTERN_MASTER } }";

    private static final String OAUTH = "login.oauth.client-id = postern";
    private static final String TENANT = "login.oauth.token-endpoint = \"https://login.example/token\"";

    @Test
    void aProtocolMayHaveHostsOfItsOwn() throws Exception {
        UpstreamSettings main =
                main("host = [ a.example, b.example ], smtp.host = out.example, imap.host = [ in.example ]");

        assertThat(main.imap().door().hosts()).containsExactly("in.example");
        assertThat(main.pop3().hosts()).containsExactly("a.example", "b.example");
        assertThat(main.smtp().door().hosts()).containsExactly("out.example");
    }

    @Test
    void aProfileStandsBetweenAnUpstreamAndTheDefaults() throws Exception {
        UpstreamSettings main = read("""
                upstream-defaults { connect-timeout = 7s, smtp.port = 25 }
                upstreams.main { profile = microsoft-365, pop3.port = 1995, %s, %s }
                """.formatted(OAUTH, TENANT)).upstreams().get("main");

        UpstreamSettings known = Objects.requireNonNull(main);
        assertThat(known.imap().door().hosts()).containsExactly("outlook.office365.com");
        assertThat(known.pop3())
                .isEqualTo(new UpstreamDoorSettings(List.of("outlook.office365.com"), 1995, UpstreamTls.IMPLICIT));
        assertThat(known.smtp().door())
                .isEqualTo(new UpstreamDoorSettings(List.of("smtp.office365.com"), 587, UpstreamTls.STARTTLS));
        assertThat(known.dialing().connectTimeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void everyProfileServesWithNoMoreThanWhatIsOnesOwn() throws Exception {
        assertThat(read("upstreams.main { profile = google, " + OAUTH + " }").upstreams())
                .containsKey("main");
        assertThat(read("upstreams.main { profile = microsoft-365, " + OAUTH + ", " + TENANT + " }")
                        .upstreams())
                .containsKey("main");
        for (String profile : List.of("dovecot", "cyrus", "exchange-on-premises", "generic")) {
            assertThat(main("profile = " + profile + ", host = h.example").name())
                    .as(profile)
                    .isEqualTo("main");
        }
        assertThat(main("profile = cyrus, host = h.example").login()).isInstanceOf(UpstreamLoginSettings.Authzid.class);
    }

    @Test
    void theDefaultsMayNameAProfileForAll() throws Exception {
        assertThat(read("upstream-defaults.profile = google\nupstreams.main { " + OAUTH + " }")
                        .upstreams()
                        .values())
                .singleElement()
                .satisfies(main -> assertThat(main.pop3().hosts()).containsExactly("pop.gmail.com"));
    }

    @Test
    void whatAProfileCannotKnowIsMissedAtTheUpstream() {
        assertMistakes("""
                # line 1
                upstreams.main.profile = microsoft-365
                """, """
                postern.conf: 2: upstreams.main.login.oauth.token-endpoint: not set (expected: https://…, or http://… on this machine)
                postern.conf: 2: upstreams.main.login.oauth.client-id: not set (expected: what the provider calls us)""");
    }

    @Test
    void anOperatorMayHaveProfilesOfTheirOwn() throws Exception {
        assertThat(read("""
                upstream-profiles.branch { imap.port = 1993, login { user = postern, password = { env = POSTERN_MASTER } } }
                upstreams { oslo { profile = branch, host = oslo.example }, bergen { profile = branch, host = bergen.example } }
                """).upstreams().values())
                .extracting(one -> one.imap().door().port())
                .containsExactly(1993, 1993);
    }

    @Test
    void whatIsWrongInAProfileIsToldThereAndOnce() {
        assertMistakes("""
                upstream-profiles { google { imap.prot = 1, smtp.port = 0 }, own { profile = google } }
                upstreams.main { profile = google, %s }
                upstreams.other { profile = gogle, host = h.example, %s }
                """.formatted(OAUTH, LOGIN), """
                postern.conf: 1: upstream-profiles.google.imap.prot: unknown (did you mean port?)
                postern.conf: 1: upstream-profiles.google.smtp.port: 0 (expected: 1 to 65535)
                postern.conf: 1: upstream-profiles.own.profile: "google" (expected: nothing, since a profile stands over no other)
                postern.conf: 3: upstreams.other.profile: "gogle" (expected: one of cyrus, dovecot, exchange-on-premises, \
                generic, google, microsoft-365, own)""");
    }

    @Test
    void plainTextGoesIntoNetworksThatAreListed() throws Exception {
        assertThat(main("host = mail.example, imap.tls = none, cleartext-networks = [ 10.1.0.0/16 ]")
                        .trust()
                        .cleartextNetworks())
                .containsExactly("10.1.0.0/16");
    }

    @Test
    void anUpstreamIsTrustedByMoreThanItsName() throws Exception {
        String pin = "K87oWBWM9UZfyddvDfoxL+8lpNyoUB2ptGtn0fv6G2Q=";
        UpstreamTrust trust = main("host = h.example, check-name = off, pins = [ \"sha256/" + pin
                        + "\" ], client-certificate-file = own.pem, client-key-file = /etc/own.key")
                .trust();

        assertThat(trust)
                .isEqualTo(new UpstreamTrust(
                        Optional.empty(),
                        List.of(pin),
                        false,
                        Optional.of(new OwnCertificate(Path.of("/var/lib/postern/own.pem"), Path.of("/etc/own.key"))),
                        List.of()));
    }

    @Test
    void whatCannotBeTrustedOrCalledIsTold() {
        assertMistakes("""
                upstreams.main { host = h.example, %s
                  pins = [ "sha1/abc" ]
                  client-certificate-file = own.pem
                  cleartext-networks = [ everywhere ]
                  source-address = eth0
                  host = []
                  retries { tries = 0, pause = 1, within = 0s }
                  health { down-after = 0, down-for = 1h, goodbyes-within = -1s }
                }
                """.formatted(LOGIN), """
                postern.conf: 2: upstreams.main.pins[0]: "sha1/abc" (expected: sha256/… in base64)
                postern.conf: 3: upstreams.main.client-certificate-file: "own.pem" (expected: a client-key-file beside it)
                postern.conf: 4: upstreams.main.cleartext-networks[0]: "everywhere" (expected: an IP address or a network \
                such as 10.1.0.0/16, not wider than /8, or /32 of IPv6)
                postern.conf: 5: upstreams.main.source-address: "eth0" (expected: an IP address of this machine)
                postern.conf: 6: upstreams.main.host: a list (expected: a host name or an IP address, or a list of them)
                postern.conf: 7: upstreams.main.retries.tries: 0 (expected: 1 to 10)
                postern.conf: 7: upstreams.main.retries.pause: 1 (expected: 100ms to 10s, with its unit)
                postern.conf: 7: upstreams.main.retries.within: "0s" (expected: 1s to 5m)
                postern.conf: 8: upstreams.main.health.down-after: 0 (expected: 1 to 100)
                postern.conf: 8: upstreams.main.health.down-for: "1h" (expected: 1s to 10m)
                postern.conf: 8: upstreams.main.health.goodbyes-within: "-1s" (expected: 0s to 10m)""");
    }

    @Test
    void aNameThatIsNotCheckedIsWarnedOf() throws Exception {
        String file = "upstreams.main { host = h.example, " + LOGIN;

        assertThat(read(file + " }").warnings()).isEmpty();
        assertThat(read(file + ", check-name = off }").warnings())
                .containsExactly(
                        "upstreams.main.check-name: off (whoever has a certificate of any name is taken for it)");
    }

    @Test
    void noWayLeadsBackToOurselves() throws Exception {
        assertMistakes("""
                server-name = mail.example.org
                listeners.imaps.address = 192.0.2.1
                upstreams.main { host = [ 192.0.2.1, 192.0.2.2 ], %s }
                upstreams.named { host = MAIL.example.org, %s }
                upstreams.here { host = localhost, imap.port = 143, smtp.host = 192.0.2.3, %s }
                """.formatted(LOGIN, LOGIN, LOGIN), """
                postern.conf: 3: upstreams.main.host: "192.0.2.1" (expected: another than Postern itself, listeners.imaps.port)
                postern.conf: 4: upstreams.named.host: "MAIL.example.org" (expected: another than Postern itself, \
                listeners.imaps.port)
                postern.conf: 5: upstreams.here.host: "localhost" (expected: another than Postern itself, listeners.imap.port)""");
    }

    @Test
    void theClosestRuleLeads() {
        RouteSettings routes = new RouteSettings(
                Map.of("ada@example.org", "a"),
                Map.of("Facilities", "b"),
                Map.of("example.org", "c"),
                Optional.of("d"));
        Optional<String> facilities = Optional.of("Facilities");

        assertThat(routes.route("ada@example.org", facilities, "example.org")).contains(new Route("a", Rule.PERSON));
        assertThat(routes.route("bo@example.org", facilities, "example.org")).contains(new Route("b", Rule.GROUP));
        assertThat(routes.route("bo@example.org", Optional.of("facilities"), "example.org"))
                .contains(new Route("c", Rule.DOMAIN));
        assertThat(routes.route("bo@example.org", Optional.empty(), "sub.example.org"))
                .contains(new Route("d", Rule.DEFAULT));
    }

    @Test
    void rulesAreReadWithTheirNamesInQuotes() throws Exception {
        RouteSettings routes = read("upstreams.main { host = h.example, " + LOGIN + " }\n"
                        + "routes { people { \"Ada@Example.ORG\" = main }, groups { \"The Lab\" = main } }")
                .routes();

        assertThat(routes)
                .isEqualTo(new RouteSettings(
                        Map.of("ada@example.org", "main"), Map.of("The Lab", "main"), Map.of(), Optional.empty()));
    }

    private static UpstreamSettings main(String more) throws Exception {
        return Objects.requireNonNull(read("upstreams.main { " + LOGIN + ", " + more + " }")
                .upstreams()
                .get("main"));
    }

    private static void assertMistakes(String file, String expected) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessage(expected);
    }
}
