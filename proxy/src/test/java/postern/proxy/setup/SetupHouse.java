package postern.proxy.setup;

import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.PROCESS_KEY;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.hashingPool;

import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import postern.config.ClientSetupSettings;
import postern.config.Settings;
import postern.config.SettingsException;
import postern.credentials.CredentialStore;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome;
import postern.credentials.SampleStore;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.login.PasswordAuthenticator;
import postern.credentials.login.SampleDecision;
import postern.credentials.setup.SampleSetupLinks;
import postern.credentials.store.MovedClock;
import postern.credentials.throttle.SampleLockouts;
import postern.proxy.listen.Rights;
import postern.proxy.listen.Visitor;

/** Client set-up at a door of its own, with Ada behind it, and whoever asks. */
final class SetupHouse implements AutoCloseable {

    static final String FORM = "application/x-www-form-urlencoded";

    static final InetAddress BEHIND_THE_LOAD_BALANCER = InetAddress.ofLiteral("192.0.2.7");

    private static final String OFFERS = """
            client-setup.offers {
              main {
                domains = [ example.org ], host = mail.example.org, display-name = "Mail & \\"More\\" <b>"
                pop3.offered = on
                smtp { host = smtp.example.org, port = 587, tls = starttls }
                https.port = 8443
                activesync.offered = on
              }
              plain { domains = [ plain.example ], host = mail.plain.example }
              phones { domains = [ phones.example ], host = phones.example, activesync.offered = on
                imap.offered = off, smtp.offered = off }
              fetchers { domains = [ fetch.example ], host = fetch.example, imap.offered = off, pop3.offered = on }
            }
            """;

    final MovedClock clock = new MovedClock();
    final SampleStore store = SampleStore.with(SCANNER);
    final List<LoginAttempt> attempts = new CopyOnWriteArrayList<>();
    final List<LoginOutcome> outcomes = new CopyOnWriteArrayList<>();

    private final HashingPool hashing = hashingPool();
    private final Server server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    SetupHouse() {
        ClientSetup setup = new ClientSetup(
                settings(),
                authenticator(store.credentials()),
                SampleSetupLinks.on(store, clock),
                Thread::startVirtualThread);
        this.server = Server.builder()
                .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .serviceUnder("/", setup)
                .childChannelPipelineCustomizer(
                        pipeline -> new Visitor(BEHIND_THE_LOAD_BALANCER, Rights.NONE).enter(pipeline.channel()))
                .meterRegistry(NoopMeterRegistry.get())
                .build();
        server.start().join();
    }

    static ClientSetupSettings settings() {
        try {
            return Settings.read(ConfigFactory.parseString(OFFERS), Map.of()).clientSetup();
        } catch (SettingsException e) {
            throw new AssertionError(e);
        }
    }

    private PasswordAuthenticator authenticator(CredentialStore credentials) {
        RecentMatches matches =
                new RecentMatches(Duration.ofHours(1), Duration.ofHours(1), 9, InstantSource.fixed(MONDAY), () -> 0);
        return SampleDecision.of(
                        credentials,
                        hashing,
                        new PasswordVerifier(CHEAP_HASHER, hashing, PROCESS_KEY, matches),
                        SampleLockouts.lockout(() -> 0),
                        (attempt, outcome, _) -> {
                            attempts.add(attempt);
                            outcomes.add(outcome);
                        },
                        InstantSource.fixed(MONDAY))
                .withLogins(Thread::startVirtualThread)
                .with(SampleDecision.snapshots(store));
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    HttpResponse<String> post(String path, String type, String body) throws Exception {
        return send(
                HttpRequest.newBuilder(uri(path)).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> method(String method, String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.noBody()));
    }

    /** Asks for a link to a profile with an app password in it. */
    HttpResponse<String> form(String address, String appPassword, String kind) throws Exception {
        return post(
                SetupPath.PROFILE, FORM, form(Map.of("address", address, "app_password", appPassword, "kind", kind)));
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** As a program asks that calls the server by this name. */
    String getAs(String host, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.activeLocalPort())) {
            socket.setSoTimeout(10_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.activeLocalPort() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
        server.stop().join();
        hashing.close();
        store.close();
    }
}
