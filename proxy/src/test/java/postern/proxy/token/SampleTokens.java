package postern.proxy.token;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.grant.SampleGrants.secret;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import postern.config.OAuthSettings;
import postern.config.OAuthSettings.Freshness;
import postern.config.OAuthSettings.Grant;
import postern.config.OAuthSettings.Mechanism;
import postern.config.SignInSettings;
import postern.config.UpstreamLoginSettings;
import postern.config.UpstreamLoginSettings.OAuth;
import postern.config.UpstreamSettings;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.NewGrant;
import postern.credentials.provider.ProviderClient;
import postern.proxy.token.TokenSource.Surroundings;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.ProofSource;
import postern.proxy.upstream.SampleUpstreamSettings;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamProof;

/** Upstreams that take tokens, and what a client that was let in gets for one. */
public final class SampleTokens {

    public static final String UPSTREAM = "contoso";
    public static final LoginName INFO = new LoginName("info@example.org");

    /** As in reference.conf. */
    static final Freshness FRESHNESS =
            new Freshness(Duration.ofMinutes(45), Duration.ofMinutes(10), Duration.ofMinutes(5));

    private static final TokenObserver NOBODY = (_, _, _) -> {};

    private SampleTokens() {}

    public static OAuthSettings oauth(Grant grant, URI endpoint) {
        return new OAuthSettings(
                grant,
                Mechanism.XOAUTH2,
                endpoint,
                Optional.empty(),
                Optional.empty(),
                new SignInSettings(Optional.empty(), Map.of(), Map.of()),
                "postern",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("imap"),
                Map.of(),
                Optional.of(Duration.ofDays(90)),
                FRESHNESS,
                Duration.ofSeconds(10),
                16,
                Optional.empty());
    }

    public static UpstreamSettings upstream(String host, UpstreamLoginSettings login) {
        UpstreamSettings home = SampleUpstreamSettings.home("host = " + host + ", login-timeout = 30s", "s3cret");
        return new UpstreamSettings(
                UPSTREAM,
                home.imap(),
                home.pop3(),
                home.smtp(),
                home.http(),
                home.trust(),
                home.dialing(),
                login,
                home.probes(),
                home.clientAddress(),
                home.limits());
    }

    public static UpstreamSettings upstream(OAuthSettings oauth) {
        return upstream("mail.example.net", new OAuth(oauth));
    }

    public static Surroundings surroundings(Ticker ticker) {
        return surroundings(NOBODY, ticker);
    }

    static Surroundings surroundings(TokenObserver observer, Ticker ticker) {
        return new Surroundings(observer, Thread::startVirtualThread, InstantSource.system(), ticker);
    }

    public static TokenSource byConsent(
            UpstreamSettings upstream, ProviderClient client, GrantVault vault, Surroundings around) {
        OAuthSettings oauth = ((OAuth) upstream.login()).settings();
        return TokenSource.byConsent(upstream, oauth, client, vault, Map.of(INFO, ADA), around);
    }

    /** She lets us into her mailbox there. */
    public static void adaGives(GrantVault vault, UpstreamSettings upstream, String refreshToken)
            throws StoreUnavailableException {
        gives(ADA, vault, upstream, refreshToken);
    }

    /** Anybody does. */
    public static void gives(LoginName owner, GrantVault vault, UpstreamSettings upstream, String refreshToken)
            throws StoreUnavailableException {
        vault.put(
                new NewGrant(owner, upstream.name(), Purposes.of(upstream), GrantKind.REFRESH_TOKEN, Optional.empty()),
                secret(refreshToken),
                ROOT);
    }

    /** What is shown to the upstream for who was let in; waits for it. */
    public static UpstreamProof proof(ProofSource source, LoginName mailbox, Protocol protocol)
            throws UpstreamException {
        try {
            return source.of(new Errand(mailbox, mailbox, Optional.empty(), InetAddress.getLoopbackAddress()), protocol)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UpstreamException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
