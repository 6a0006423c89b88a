package postern.app;

import static postern.credentials.SampleLogins.ADA;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import postern.config.OAuthSettings.Grant;
import postern.config.UpstreamSettings;
import postern.credentials.Protocol;
import postern.credentials.provider.SampleProviders;
import postern.credentials.store.SamplePostgres;
import postern.proxy.token.SampleTokens;

/** A node that refreshes Ada's grant, and will be killed between the provider's answer and the store. */
final class DoomedRefresher {

    private DoomedRefresher() {}

    /**
     * Asks for one token.
     *
     * @param arguments a JDBC URL, and the provider's endpoint
     */
    public static void main(String... arguments) throws Exception {
        URI endpoint = URI.create(arguments[1]);
        UpstreamSettings upstream = SampleTokens.upstream(SampleTokens.oauth(Grant.CONSENT, endpoint));
        SampleTokens.proof(
                SampleTokens.byConsent(
                        upstream,
                        SampleProviders.client(endpoint),
                        TokenNodesTest.vault(
                                SamplePostgres.open(arguments[0]), InstantSource.system(), Duration.ofSeconds(4)),
                        SampleTokens.surroundings(Ticker.systemTicker())),
                ADA,
                Protocol.IMAP);
    }
}
