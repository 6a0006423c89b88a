package postern.app;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import postern.config.OAuthSettings;
import postern.config.Settings;
import postern.config.UpstreamLoginSettings.OAuth;
import postern.config.UpstreamSettings;
import postern.credentials.consent.ConsentUpstream;
import postern.credentials.consent.Consents;
import postern.credentials.grant.GrantVault;
import postern.credentials.provider.ProviderClient;
import postern.proxy.token.Purposes;

/** How people are asked to let us into their mailboxes, by the server and by a command on its host alike. */
final class ConsentWiring {

    private static final InstantSource CLOCK = InstantSource.system();

    private ConsentWiring() {}

    static Consents consents(Settings settings, Stores stores, GrantVault vault, Shutdown shutdown, SecureRandom random)
            throws IOException, StartException {
        return new Consents(
                upstreams(settings, shutdown),
                stores.consents(),
                vault,
                settings.consent().linkLasts(),
                CLOCK,
                random);
    }

    private static Map<String, ConsentUpstream> upstreams(Settings settings, Shutdown shutdown)
            throws IOException, StartException {
        Map<String, ConsentUpstream> upstreams = new HashMap<>();
        for (UpstreamSettings upstream : settings.upstreams().values()) {
            if (upstream.login() instanceof OAuth(OAuthSettings oauth)
                    && oauth.grant() == OAuthSettings.Grant.CONSENT
                    && oauth.signIn().issuer().isPresent()) {
                ProviderClient client = shutdown.of("consents at " + upstream.name(), TokenWiring.client(oauth));
                upstreams.put(
                        upstream.name(),
                        new ConsentUpstream(
                                upstream.name(),
                                Purposes.of(upstream),
                                oauth.consentLasts(),
                                oauth.authorizationEndpoint().isEmpty()
                                        ? Optional.empty()
                                        : settings.consent().redirect(upstream),
                                oauth.deviceEndpoint().isPresent(),
                                TokenWiring.shared(upstream, oauth),
                                TokenWiring.names(
                                        upstream,
                                        "sign-in-names",
                                        oauth.signIn().names()),
                                client));
            }
        }
        return upstreams;
    }
}
