package postern.app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import postern.app.demo.DemoCertificates;
import postern.config.Settings;
import postern.config.UpstreamSettings;
import postern.credentials.Account;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.Role;
import postern.credentials.SampleLogins;
import postern.credentials.administration.Caller;
import postern.credentials.administration.TokenIssue;
import postern.credentials.administration.TokenOrder;
import postern.credentials.grant.GrantVault;
import postern.credentials.issue.Issue.Made;
import postern.credentials.issue.Order;
import postern.proxy.token.SampleTokens;

/** Postern as an operator starts it, from a file, on ports of its own, with Ada known to it. */
public final class WholeServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String FILE = "postern.conf";

    /** All doors are open here, on ports of their own. */
    private static final String OTHER_DOORS = """
            server-name = mail.example.org
            listeners { pop3 { enabled = true, port = 0 }, pop3s { enabled = true, port = 0 } }
            listeners { submission { enabled = true, port = 0 }, submissions { enabled = true, port = 0 } }
            listeners.known-devices {
              enabled = true, protocol = smtp, port = 0, tls = autodetect, autodetect-wait = 200ms
              login-by-address {
                networks = [ "127.0.0.1" ], account = "ada@example.org", app-password = apw_scanner000000001
              }
            }
            listeners.devices {
              enabled = true, port = 0, autodetect-wait = 200ms
              cleartext-networks = [ "127.0.0.1" ], tls-rules.legacy-networks = [ "127.0.0.2" ]
            }
            """;

    private final Path folder;
    private final DemoCertificates certificates;
    private final Postern postern;
    private String adminToken = "";

    private WholeServer(Path folder, DemoCertificates certificates, Postern postern) {
        this.folder = folder;
        this.certificates = certificates;
        this.postern = postern;
    }

    /**
     * Returns when every door is open.
     *
     * @param more what this one's file has beyond ports and certificates
     */
    public static WholeServer start(Path folder, String more) throws Exception {
        DemoCertificates certificates = DemoCertificates.in(folder.resolve("tls"));
        Path file = folder.resolve(FILE);
        Files.writeString(file, """
                data-directory = "%s"
                listener-defaults.address = "127.0.0.1"
                listeners { imap.port = 0, imaps.port = 0 }
                %s
                tls { certificate-file = tls/fullchain.pem, key-file = tls/privkey.pem }
                answers.step = 100ms
                admin.port = 0
                management.port = 0
                shutdown.grace = 2s
                logging.level = error
                """.formatted(folder, OTHER_DOORS) + more);
        Postern postern = Postern.start(Settings.load(file, Map.of()));
        postern.accounts().add(Account.person(SampleLogins.ADA, SampleLogins.MONDAY), SampleLogins.ROOT);
        return new WholeServer(folder, certificates, postern);
    }

    /** What a file says of an upstream that everybody's mail is on. */
    public static String upstream(String host, String imap, Path ca, String login) {
        return """
                upstreams.mail { host = "%s", imap { %s }, ca-file = "%s", login { %s } }
                routes.default = mail
                """.formatted(host, imap, ca, login);
    }

    public Postern postern() {
        return postern;
    }

    public ImapClient overTls() throws Exception {
        return ImapClient.overTls(HOST, port("imaps"), certificates.ca());
    }

    public ImapClient inTheClear() throws Exception {
        return ImapClient.inTheClear(HOST, port("imap"), certificates.ca());
    }

    /** At a door that is encrypted from the first byte. */
    public MailClient overTls(String listener) throws Exception {
        return MailClient.overTls(HOST, port(listener), certificates.ca());
    }

    /** The same, by somebody who comes from this address of this machine, and says something ahead. */
    MailClient overTls(String listener, String from, String ahead) throws Exception {
        return MailClient.overTls(from, ahead, HOST, port(listener), certificates.ca());
    }

    public MailClient inTheClear(String listener) throws Exception {
        return MailClient.inTheClear(HOST, port(listener), certificates.ca());
    }

    public int port(String listener) {
        return Objects.requireNonNull(postern.doors().get(listener)).getPort();
    }

    /** Whom clients have to believe. */
    public Path caFile() {
        return certificates.ca();
    }

    public Made issue(LoginName owner) throws Exception {
        return (Made) postern.issuer().issue(Order.of(owner, "Test"), SampleLogins.ROOT);
    }

    /** Somebody who was not known here before, with an app password. */
    public Made newcomer(LoginName name) throws Exception {
        postern.accounts().add(Account.person(name, SampleLogins.MONDAY), SampleLogins.ROOT);
        return issue(name);
    }

    /**
     * What a person has given at the provider comes into the vault, as by another process. The server is sure to have
     * heard of it when it has done the next change of its own: so people consent first, and get their app password then.
     */
    public void consent(LoginName owner, String upstream, String refreshToken) throws Exception {
        consents(upstream, Map.of(owner, refreshToken));
    }

    /** The same, of many: refresh tokens by whose they are. */
    void consents(String upstream, Map<LoginName, String> given) throws Exception {
        Settings settings = Settings.load(folder.resolve(FILE), Map.of());
        UpstreamSettings there = Objects.requireNonNull(settings.upstreams().get(upstream));
        StoreCommand.on(settings, stores -> {
            GrantVault vault = TokenWiring.vault(settings, stores, new SecureRandom());
            for (Map.Entry<LoginName, String> one : given.entrySet()) {
                SampleTokens.gives(one.getKey(), vault, there, one.getValue());
            }
            return 0;
        });
    }

    /** An owner's, made when somebody asks for the first time. */
    public String adminToken() throws Exception {
        if (adminToken.isEmpty()) {
            Caller owner = Caller.of(SampleLogins.ROOT.actor(), Role.OWNER);
            By now = By.administrator("root", InstantSource.system().instant());
            TokenIssue.Made made =
                    (TokenIssue.Made) postern.apiTokens().issue(TokenOrder.of("Test", Role.OWNER), owner, now);
            adminToken = made.token().reveal();
        }
        return adminToken;
    }

    /** As an administrator with the token, over HTTPS. */
    public HttpResponse<String> admin(String method, String path, String body) throws Exception {
        return admin(adminToken(), method, path, body);
    }

    /** The same, by somebody with this. */
    HttpResponse<String> admin(String token, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + postern.adminPort() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(ImapClient.trusting(certificates.ca()))
                .build()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    /** Health and metrics, as a machine reads them. */
    public HttpResponse<String> management(String path) throws Exception {
        // Not by HTTP/2, into which a connection is turned on its way: on a busy machine that may come to nothing.
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + postern.managementPort() + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Override
    public void close() {
        postern.close();
    }
}
