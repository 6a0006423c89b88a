package postern.app;

import static postern.credentials.SampleLogins.ADA;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import postern.config.OAuthSettings.Grant;
import postern.config.UpstreamSettings;
import postern.credentials.Protocol;
import postern.credentials.provider.SampleProviders;
import postern.credentials.store.SamplePostgres;
import postern.proxy.token.SampleTokens;
import postern.proxy.token.TokenSource;

/** A node in a process of its own, for which another hour has passed each time that it needs Ada's token. */
final class RefreshingNode {

    private RefreshingNode() {}

    /**
     * Ends when it has had as many tokens as it needs.
     *
     * @param arguments a JDBC URL, the provider's endpoint, how many tokens, and for how long a turn is its own: seconds
     */
    public static void main(String... arguments) throws Exception {
        URI endpoint = URI.create(arguments[1]);
        UpstreamSettings upstream = SampleTokens.upstream(SampleTokens.oauth(Grant.CONSENT, endpoint));
        AtomicLong nanos = new AtomicLong();
        TokenSource source = SampleTokens.byConsent(
                upstream,
                SampleProviders.client(endpoint),
                TokenNodesTest.vault(
                        SamplePostgres.open(arguments[0]),
                        InstantSource.system(),
                        Duration.ofSeconds(Integer.parseInt(arguments[3]))),
                SampleTokens.surroundings(nanos::get));
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            SampleTokens.proof(source, ADA, Protocol.IMAP);
            nanos.addAndGet(Duration.ofHours(1).toNanos());
        }
        System.exit(0); // whatever else still runs
    }
}
