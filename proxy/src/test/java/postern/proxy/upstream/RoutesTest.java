package postern.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.config.ClientAddress;
import postern.config.MailboxLimits;
import postern.config.RouteSettings;
import postern.config.Secret;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamImapSettings;
import postern.config.UpstreamLoginSettings.Authzid;
import postern.config.UpstreamSettings;
import postern.config.UpstreamSmtpSettings;
import postern.config.UpstreamTls;
import postern.credentials.LoginName;
import postern.proxy.listen.TlsContexts;

class RoutesTest {

    private static final Map<String, String> DOMAINS = Map.of("example.org", "home", "example.net", "away");

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, home",
        "ADA@EXAMPLE.ORG, home",
        "ada@example.net, away",
        "ada@elsewhere.example, home",
        "ada@sub.example.net, home",
        "ada, home",
    })
    void leadByTheDomainElseToTheDefault(String name, String upstream) throws Exception {
        assertThat(routes(Optional.of("home")).of(new LoginName(name)))
                .map(found -> found.settings().name())
                .contains(upstream);
    }

    @ParameterizedTest
    @CsvSource({"ada@elsewhere.example", "ada"})
    void leadNowhereWithoutADefault(String name) throws Exception {
        assertThat(routes(Optional.empty()).of(new LoginName(name))).isEmpty();
    }

    @Test
    void anUpstreamIsCalledByWhereItIs() throws Exception {
        assertThat(upstream("home").at(upstream("home").settings().imap().door()))
                .isEqualTo("home.example:993");
    }

    private static Routes routes(Optional<String> everyoneElse) throws Exception {
        return new Routes(
                Map.of("home", upstream("home"), "away", upstream("away")), new RouteSettings(everyoneElse, DOMAINS));
    }

    private static Upstream upstream(String name) throws Exception {
        SslContext tls = TlsContexts.forUpstream(Optional.empty());
        Authzid login = new Authzid("postern", new Secret("s3cret"));
        UpstreamSettings settings = new UpstreamSettings(
                name,
                name + ".example",
                new UpstreamImapSettings(new UpstreamDoorSettings(993, UpstreamTls.IMPLICIT), true),
                new UpstreamDoorSettings(995, UpstreamTls.IMPLICIT),
                new UpstreamSmtpSettings(new UpstreamDoorSettings(465, UpstreamTls.IMPLICIT), List.of()),
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                login,
                false,
                ClientAddress.OFF,
                new MailboxLimits(0, 0, Duration.ZERO, 0));
        return new Upstream(settings, tls, new ConfiguredProofs(login));
    }
}
