package postern.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How access tokens for an upstream are come by, and how they are used.
 *
 * @param clientId empty only with a service account
 * @param serviceAccountFile there with a service account, and only then looked at
 * @param signIn looked at with consent alone
 * @param sharedMailboxes by the shared one's name, whose consent opens it
 * @param consentLasts when nobody uses it; empty when nobody can say
 * @param timeout for an answer of the provider
 * @param caFile whom to trust at the endpoints; empty: whom the system trusts
 */
public record OAuthSettings(
        Grant grant,
        Mechanism mechanism,
        URI tokenEndpoint,
        Optional<URI> authorizationEndpoint,
        Optional<URI> deviceEndpoint,
        SignInSettings signIn,
        String clientId,
        Optional<Secret> clientSecret,
        Optional<ClientKey> clientKey,
        Optional<Path> serviceAccountFile,
        List<String> scopes,
        Map<String, String> sharedMailboxes,
        Optional<Duration> consentLasts,
        Freshness freshness,
        Duration timeout,
        int requestsAtOnce,
        Optional<Path> caFile) {

    /** What a token is given for. */
    public enum Grant {
        CONSENT,
        CLIENT_CREDENTIALS,
        SERVICE_ACCOUNT
    }

    /** How the upstream is told of it. */
    public enum Mechanism {
        XOAUTH2,
        OAUTHBEARER
    }

    /** A private key that proves us to the provider, and the certificate that it knows of it. */
    public record ClientKey(Path keyFile, Path certificateFile, Algorithm algorithm) {

        /** By which it signs. */
        public enum Algorithm {
            PS256,
            RS256
        }
    }

    /**
     * How much life a token has left when it is handed out.
     *
     * @param early so long before there is less, another is got
     */
    public record Freshness(Duration reading, Duration sending, Duration early) {}

    private static final String ENDPOINT = "https://…, or http://… on this machine";
    private static final String MAILBOX = "name@domain";

    static OAuthSettings from(Section in) {
        Grant grant = in.choice("grant", Grant.values());
        OAuthSettings settings = new OAuthSettings(
                grant,
                in.choice("mechanism", Mechanism.values()),
                endpoint(in, "token-endpoint"),
                optionalEndpoint(in, "authorization-endpoint"),
                optionalEndpoint(in, "device-endpoint"),
                SignInSettings.from(in),
                in.text("client-id", "printable ASCII", text -> text.isEmpty() || Values.isPlain(text)),
                in.optionalSecret("client-secret"),
                clientKey(in),
                in.optionalPath("service-account-file"),
                in.list("scopes", "a scope, without spaces", text -> text.matches("[\\x21\\x23-\\x5b\\x5d-\\x7e]+")),
                shared(in),
                Optional.of(in.duration("consent-lasts", Duration.ZERO, Duration.ofDays(3650)))
                        .filter(time -> !time.isZero()),
                new Freshness(
                        in.duration("fresh-for-reading", Duration.ZERO, Duration.ofDays(1)),
                        in.duration("fresh-for-sending", Duration.ZERO, Duration.ofDays(1)),
                        in.duration("early", Duration.ZERO, Duration.ofHours(1))),
                in.duration("timeout", Duration.ofSeconds(1), Duration.ofMinutes(1)),
                in.number("requests-at-once", 1, 1000),
                in.optionalPath("ca-file"));
        if (in.isInUse()) {
            settings.demand(in);
        }
        return settings;
    }

    private void demand(Section in) {
        if (scopes.isEmpty()) {
            in.missing("scopes", "one at least");
        }
        if (clientSecret.isPresent() && clientKey.isPresent()) {
            in.mistake("client-secret", "a secret", "a secret or a client-key-file, not both");
        }
        switch (grant) {
            case CONSENT -> {
                demandClientId(in);
                demandIssuer(in);
            }
            case CLIENT_CREDENTIALS -> {
                demandClientId(in);
                if (clientSecret.isEmpty() && clientKey.isEmpty()) {
                    in.missing("client-secret", "a secret, or a client-key-file, with client-credentials");
                }
            }
            case SERVICE_ACCOUNT -> {
                if (serviceAccountFile.isEmpty()) {
                    in.missing("service-account-file", "a path, with service-account");
                }
            }
        }
        if (grant != Grant.CONSENT && !sharedMailboxes.isEmpty()) {
            in.mistake("shared-mailboxes", "none, unless grant is consent");
        }
    }

    private void demandClientId(Section in) {
        if (clientId.isEmpty()) {
            in.missing("client-id", "what the provider calls us");
        }
    }

    /** Without it nobody knows whose word it is that somebody has consented. */
    private void demandIssuer(Section in) {
        if (signIn.issuer().isEmpty() && (authorizationEndpoint.isPresent() || deviceEndpoint.isPresent())) {
            in.missing("issuer", "what the provider calls itself, beside authorization-endpoint or device-endpoint");
        }
    }

    private static Optional<ClientKey> clientKey(Section in) {
        ClientKey.Algorithm algorithm = in.choice("client-key-algorithm", ClientKey.Algorithm.values());
        Optional<Path> key = in.optionalPath("client-key-file");
        Optional<Path> certificate = in.optionalPath("client-certificate-file");
        if (key.isPresent() != certificate.isPresent()) {
            in.mistake("client-key-file", "a client-certificate-file beside it, or neither");
        }
        return key.isPresent() && certificate.isPresent()
                ? Optional.of(new ClientKey(key.get(), certificate.get(), algorithm))
                : Optional.empty();
    }

    private static Map<String, String> shared(Section in) {
        Map<String, String> shared = in.texts("shared-mailboxes", MAILBOX, text -> text.matches("[^@\\s]+@[^@\\s]+"));
        for (String name : shared.keySet()) {
            if (!name.matches("[^@\\s]+@[^@\\s]+")) {
                in.mistake("shared-mailboxes", name, MAILBOX + ", in quotes");
            }
        }
        return shared;
    }

    private static URI endpoint(Section in, String key) {
        return URI.create(in.text(key, ENDPOINT, Values::isEndpoint));
    }

    private static Optional<URI> optionalEndpoint(Section in, String key) {
        return Optional.of(in.text(key, ENDPOINT + ", or nothing", text -> text.isEmpty() || Values.isEndpoint(text)))
                .filter(text -> !text.isEmpty())
                .map(URI::create);
    }
}
