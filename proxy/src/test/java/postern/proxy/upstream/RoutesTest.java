package postern.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.config.RouteSettings;
import postern.config.UpstreamLoginSettings.Configured;
import postern.config.UpstreamSettings;
import postern.credentials.LoginName;
import postern.proxy.listen.TlsContexts;

class RoutesTest {

    private static final RouteSettings RULES = new RouteSettings(
            Map.of("ada@example.org", "hers"),
            Map.of("Facilities", "theirs"),
            Map.of("example.org", "home", "example.net", "away"),
            Optional.of("home"));

    @ParameterizedTest
    @CsvSource({
        "bo@example.org, home",
        "BO@EXAMPLE.ORG, home",
        "bo@example.net, away",
        "bo@elsewhere.example, home",
        "bo@sub.example.net, home",
        "bo, home",
        "Ada@example.org, hers",
    })
    void leadByThePersonElseByTheDomainElseToTheDefault(String name, String upstream) throws Exception {
        assertThat(found(RULES, name, Optional.empty())).contains(upstream);
    }

    @ParameterizedTest
    @CsvSource({"bo@example.net, theirs", "bo@elsewhere.example, theirs", "ada@example.org, hers"})
    void leadByTheGroupBeforeTheDomainAndAfterThePerson(String name, String upstream) throws Exception {
        assertThat(found(RULES, name, Optional.of("Facilities"))).contains(upstream);
    }

    @ParameterizedTest
    @CsvSource({"bo@elsewhere.example", "bo"})
    void leadNowhereWithoutADefault(String name) throws Exception {
        RouteSettings rules = new RouteSettings(RULES.people(), RULES.groups(), RULES.domains(), Optional.empty());

        assertThat(found(rules, name, Optional.of("no such group"))).isEmpty();
    }

    @Test
    void aDestinationIsCalledByWhereItIs() throws Exception {
        Upstream home = upstream("home");

        assertThat(new Destination(home, home.settings().imap().door(), "one.example", Optional.empty()).at())
                .isEqualTo("one.example:993");
    }

    /** The domain is the mailbox's, the name the account's. */
    private static Optional<String> found(RouteSettings rules, String name, Optional<String> group) throws Exception {
        LoginName person = new LoginName(name);
        Map<String, Upstream> upstreams = Map.of(
                "home",
                upstream("home"),
                "away",
                upstream("away"),
                "hers",
                upstream("hers"),
                "theirs",
                upstream("theirs"));
        return new Routes(upstreams, rules)
                .of(new Errand(person, person, group, InetAddress.getLoopbackAddress()))
                .map(found -> found.settings().name());
    }

    private static Upstream upstream(String name) throws Exception {
        UpstreamSettings home = SampleUpstreamSettings.home("", "s3cret");
        UpstreamSettings settings = new UpstreamSettings(
                name,
                home.imap(),
                home.pop3(),
                home.smtp(),
                home.http(),
                home.trust(),
                home.dialing(),
                home.login(),
                home.probes(),
                home.clientAddress(),
                home.limits());
        return new Upstream(settings, TlsContexts.forUpstream(settings.trust()), new ConfiguredProofs((Configured)
                settings.login()));
    }
}
