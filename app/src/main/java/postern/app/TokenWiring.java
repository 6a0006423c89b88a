package postern.app;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.OAuthSettings;
import postern.config.OAuthSettings.ClientKey;
import postern.config.Settings;
import postern.config.UpstreamLoginSettings.Configured;
import postern.config.UpstreamLoginSettings.MailboxPassword;
import postern.config.UpstreamLoginSettings.OAuth;
import postern.config.UpstreamSettings;
import postern.credentials.KeyMarks.Ring;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.Envelope;
import postern.credentials.grant.GrantState;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.GrantWatch;
import postern.credentials.grant.VaultKeys;
import postern.credentials.hash.KeyRing;
import postern.credentials.provider.ClientProof;
import postern.credentials.provider.Provider;
import postern.credentials.provider.ProviderClient;
import postern.credentials.provider.ServiceAccount;
import postern.credentials.store.SqlGrantEnds;
import postern.credentials.store.SqlGrantVault;
import postern.proxy.observe.Metrics;
import postern.proxy.token.MailboxPasswords;
import postern.proxy.token.TokenSource;
import postern.proxy.token.TokenSource.Surroundings;
import postern.proxy.upstream.ConfiguredProofs;
import postern.proxy.upstream.ProofSource;

/** With what mailboxes are opened upstream: the vault, the providers, and what is counted of both. */
final class TokenWiring {

    private static final Logger LOG = LoggerFactory.getLogger(TokenWiring.class);

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Ticker TICKER = Ticker.systemTicker();

    /** For what comes before and after the request of a turn. */
    private static final Duration BESIDE_THE_REQUEST = Duration.ofSeconds(20);

    private final Stores stores;
    private final Envelope envelope;
    private final GrantVault vault;
    private final Shutdown shutdown;
    private final Surroundings around;
    private final GrantWatch watch;
    private final AtomicReference<Map<GrantState, Integer>> census = new AtomicReference<>(Map.of());

    TokenWiring(Settings settings, Stores stores, Metrics metrics, Shutdown shutdown, SecureRandom random)
            throws IOException, StartException, StoreUnavailableException {
        this.stores = stores;
        this.envelope = envelope(settings, stores, random);
        this.vault = vault(settings, stores, envelope, random);
        this.shutdown = shutdown;
        this.around = around(metrics);
        this.watch = new GrantWatch(
                new SqlGrantEnds(stores.changes()), settings.consent().warnBefore(), CLOCK);
        metrics.grants(census::get, watch::ending);
    }

    GrantVault vault() {
        return vault;
    }

    Envelope envelope() {
        return envelope;
    }

    static Surroundings around(Metrics metrics) {
        return new Surroundings(metrics.tokens(), Thread::startVirtualThread, CLOCK, TICKER);
    }

    static GrantVault vault(Settings settings, Stores stores, SecureRandom random)
            throws IOException, StartException, StoreUnavailableException {
        return vault(settings, stores, envelope(settings, stores, random), random);
    }

    private static GrantVault vault(Settings settings, Stores stores, Envelope envelope, SecureRandom random) {
        return new SqlGrantVault(stores.changes(), envelope, CLOCK, random, lease(settings));
    }

    /** Its keys are made at the first start; a node without the keys that the store was used with does not start. */
    private static Envelope envelope(Settings settings, Stores stores, SecureRandom random)
            throws IOException, StartException, StoreUnavailableException {
        Path file = settings.keys().vaultFile();
        KeyRing ring = DataDirectory.ring(Ring.VAULT, file, stores.keyMarks(), random);
        VaultKeys keys =
                new VaultKeys(file, ring.keys().stream().map(KeyRing.Key::bytes).toList());
        return new Envelope(keys, random);
    }

    private static Duration lease(Settings settings) {
        return settings.upstreams().values().stream()
                .flatMap(upstream -> upstream.login() instanceof OAuth(OAuthSettings oauth)
                        ? Stream.of(oauth.timeout().multipliedBy(2)) // a place, then an answer
                        : Stream.empty())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .plus(BESIDE_THE_REQUEST);
    }

    /** What the settings of an upstream point at, as far as nothing needs to be started to know. */
    static void checkFiles(UpstreamSettings upstream) throws IOException {
        if (upstream.login() instanceof OAuth(OAuthSettings oauth)) {
            client(oauth).close();
            if (oauth.serviceAccountFile().isPresent()) {
                ServiceAccount.read(oauth.serviceAccountFile().get());
            }
        }
    }

    ProofSource proofs(UpstreamSettings upstream) throws IOException, StartException {
        Optional<ProofSource> own = withoutTheVault(upstream, around, shutdown);
        ProofSource proofs = own.isPresent() ? own.get() : outOfTheVault(upstream);
        if (proofs instanceof TokenSource source) {
            stores.feed().listen(source::heard);
        }
        return proofs;
    }

    /** What the configuration alone is enough for; empty where each mailbox has something of its own. */
    static Optional<ProofSource> withoutTheVault(UpstreamSettings upstream, Surroundings around, Shutdown shutdown)
            throws IOException {
        return switch (upstream.login()) {
            case Configured configured -> Optional.of(new ConfiguredProofs(configured));
            case MailboxPassword _ -> Optional.empty();
            case OAuth(OAuthSettings oauth) ->
                switch (oauth.grant()) {
                    case CONSENT -> Optional.empty();
                    case CLIENT_CREDENTIALS ->
                        Optional.of(
                                TokenSource.asOurselves(upstream, oauth, client(upstream, oauth, shutdown), around));
                    case SERVICE_ACCOUNT ->
                        Optional.of(TokenSource.inTheirName(
                                upstream,
                                oauth,
                                client(upstream, oauth, shutdown),
                                ServiceAccount.read(oauth.serviceAccountFile().orElseThrow()),
                                around));
                };
        };
    }

    private ProofSource outOfTheVault(UpstreamSettings upstream) throws IOException, StartException {
        return upstream.login() instanceof OAuth(OAuthSettings oauth)
                ? TokenSource.byConsent(
                        upstream, oauth, client(upstream, oauth, shutdown), vault, shared(upstream, oauth), around)
                : new MailboxPasswords(upstream, vault, around.threads());
    }

    private static ProviderClient client(UpstreamSettings upstream, OAuthSettings oauth, Shutdown shutdown)
            throws IOException {
        return shutdown.of("provider of " + upstream.name(), client(oauth));
    }

    static ProviderClient client(OAuthSettings oauth) throws IOException {
        Provider provider = new Provider(
                oauth.tokenEndpoint(),
                oauth.authorizationEndpoint(),
                oauth.deviceEndpoint(),
                oauth.signIn().issuer(),
                oauth.signIn().parameters(),
                oauth.clientId(),
                proof(oauth),
                oauth.scopes());
        return ProviderClient.open(provider, oauth.caFile(), oauth.timeout(), oauth.requestsAtOnce(), CLOCK);
    }

    private static ClientProof proof(OAuthSettings oauth) throws IOException {
        Optional<ClientKey> key = oauth.clientKey();
        if (key.isPresent()) {
            return ProviderClient.signingKey(
                    key.get().keyFile(),
                    key.get().certificateFile(),
                    switch (key.get().algorithm()) {
                        case PS256 -> ClientProof.SigningKey.Algorithm.PS256;
                        case RS256 -> ClientProof.SigningKey.Algorithm.RS256;
                    });
        }
        return oauth.clientSecret().isPresent()
                ? new ClientProof.SharedSecret(oauth.clientSecret().get().reveal())
                : new ClientProof.Nothing();
    }

    static Map<LoginName, LoginName> shared(UpstreamSettings upstream, OAuthSettings oauth) throws StartException {
        return names(upstream, "shared-mailboxes", oauth.sharedMailboxes());
    }

    static Map<LoginName, LoginName> names(UpstreamSettings upstream, String key, Map<String, String> texts)
            throws StartException {
        Map<LoginName, LoginName> names = new HashMap<>();
        try {
            texts.forEach((one, other) -> names.put(new LoginName(one), new LoginName(other)));
        } catch (IllegalArgumentException e) {
            throw new StartException("upstreams." + upstream.name() + ".login.oauth." + key + ": " + e.getMessage(), e);
        }
        return names;
    }

    /** Counts how it stands with all grants, and tells of those that end soon; waits for the store. */
    void count() {
        try {
            census.set(vault.states());
            watch.look();
        } catch (StoreUnavailableException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("grants are not counted");
        }
    }
}
