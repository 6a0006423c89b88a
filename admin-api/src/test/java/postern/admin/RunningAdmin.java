package postern.admin;

import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.LOOKUP_KEYS;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.hashingPool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Ticker;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.util.EventLoopGroups;
import io.netty.channel.EventLoopGroup;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import postern.credentials.Actor;
import postern.credentials.ApiTokenId;
import postern.credentials.KeyList;
import postern.credentials.KeyMarks.Ring;
import postern.credentials.Permission;
import postern.credentials.Policy;
import postern.credentials.PolicyRules;
import postern.credentials.Role;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokenRecord;
import postern.credentials.administration.ApiTokens;
import postern.credentials.administration.Caller;
import postern.credentials.administration.TokenIssue.Made;
import postern.credentials.administration.TokenLife;
import postern.credentials.administration.TokenOrder;
import postern.credentials.administration.TokenUses;
import postern.credentials.consent.Consents;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.SampleGrants;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.KeyFile;
import postern.credentials.hash.KeyFiles;
import postern.credentials.hash.KeyRing;
import postern.credentials.issue.AppPasswordChanges;
import postern.credentials.issue.AppPasswordIssuer;
import postern.credentials.store.SqlAccountList;
import postern.credentials.store.SqlApiTokens;
import postern.credentials.store.SqlAppPasswordList;
import postern.credentials.store.SqlConsents;
import postern.credentials.store.SqlEarlierReplies;
import postern.credentials.store.SqlJobs;
import postern.credentials.store.SqlKeyMarks;
import postern.credentials.store.SqlReports;
import postern.credentials.store.SqlSessionBoard;
import postern.web.Pace;
import postern.web.Repeats;
import postern.web.Route;
import postern.web.RoutedService.Manners;
import postern.web.TlsFiles;

/** The admin API on a port of its own, with the clock at Monday and two app passwords a person, and a client of it. */
final class RunningAdmin implements AutoCloseable {

    static final String TOKEN = "pst_aTokenThatOnlyTheTestsKnow01233EydN5";
    static final ApiTokenId TOKEN_ID = new ApiTokenId("tok_0000000000000001");
    static final int PER_MINUTE = 10_000;
    static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    static final EventLoopGroup EVENT_LOOPS = EventLoopGroups.newEventLoopGroup(2, "test-loop", true);
    static final ObjectMapper JSON = new ObjectMapper();

    /** As always, but two each. */
    static final Policy TWO_EACH = new PolicyRules(
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.of(2),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())
            .over(SampleLogins.POLICY);

    private static final X509Bundle CERTIFICATE = throwAway();
    static final TlsFiles TLS = files();

    private final CapturedLog log = new CapturedLog();
    private final AdminServer server;
    private final HttpClient client;
    private final Domain domain;

    private RunningAdmin(SampleStore store, HashingPool hashing, InstantSource clock, int perMinute) {
        AppPasswordIssuer issuer = new AppPasswordIssuer(
                store.credentials(), TWO_EACH, LOOKUP_KEYS, CHEAP_HASHER, hashing, new SecureRandom(), clock);
        domain = domain(store, issuer, clock);
        try {
            server = AdminServer.open(
                    ANY_PORT,
                    TLS,
                    EVENT_LOOPS,
                    new Manners(
                            new TokenGate(domain.tokens(), clock),
                            new Pace(perMinute, Ticker.systemTicker()),
                            new Repeats(new SqlEarlierReplies(store.database()))),
                    domain,
                    clock);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        client = HttpClient.newBuilder().sslContext(trusting()).build();
    }

    /** The one that clients here have is an owner's, and known to the store, unless that is away. */
    static ApiTokens tokens(SampleStore store) {
        SqlApiTokens known = new SqlApiTokens(store.changes());
        TokenLife life = new TokenLife(Duration.ofDays(90), Duration.ofDays(365));
        ApiTokens tokens = new ApiTokens(
                known, new TokenUses(known, Ticker.systemTicker()), life, new SecureRandom(), Ticker.systemTicker());
        store.feed().listen(tokens::heard);
        ApiTokenRecord owner = new ApiTokenRecord(
                TOKEN_ID,
                "Tests",
                Role.OWNER,
                Optional.empty(),
                List.of(),
                MONDAY,
                Optional.empty(),
                MONDAY.plus(life.usual()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try {
            known.add(owner, sha256(TOKEN), ROOT);
        } catch (StoreUnavailableException _) {
            // then it is nobody's, and whoever asks hears that the store is away
        }
        return tokens;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Nobody is asked for a consent here. */
    private static Domain domain(SampleStore store, AppPasswordIssuer issuer, InstantSource clock) {
        GrantVault vault = SampleGrants.vaultOn(store.changes(), clock, SampleGrants.NEW_KEY);
        Consents consents = new Consents(
                Map.of(), new SqlConsents(store.changes()), vault, Duration.ofHours(1), clock, new SecureRandom());
        return new Domain(
                new Domain.People(store.accounts(), new SqlAccountList(store.database()), store.policies(), TWO_EACH),
                new Domain.Issuing(
                        store.credentials(),
                        issuer,
                        new AppPasswordChanges(store.credentials(), TWO_EACH),
                        new SqlAppPasswordList(store.database())),
                new Domain.Watching(
                        new SqlSessionBoard(store.database()),
                        store.sessionEnds(),
                        store.holds(),
                        store.familiarSources(),
                        new SqlReports(store.database()),
                        store.trail()),
                new Domain.Opening(vault, consents),
                tokens(store),
                new SqlJobs(store.changes(), clock, new SecureRandom()),
                new Domain.Host("1.2.3", "here", "sqlite", MONDAY, keys(store)));
    }

    /** Two peppers, the first in use. */
    private static KeyList keys(SampleStore store) {
        try {
            Path file = Files.createTempDirectory("admin-keys").resolve("pepper.keys");
            SecureRandom random = new SecureRandom();
            KeyFile.replace(file, new KeyRing(List.of(KeyFile.draw(random), KeyFile.draw(random))));
            file.toFile().deleteOnExit();
            return new KeyFiles(Map.of(Ring.PEPPER, file), new SqlKeyMarks(store.database()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    RunningAdmin(SampleStore store, HashingPool hashing, InstantSource clock) {
        this(store, hashing, clock, PER_MINUTE);
    }

    /** Where nobody asks more often. */
    static RunningAdmin paced(SampleStore store, int perMinute) {
        return new RunningAdmin(store, hashingPool(), InstantSource.fixed(MONDAY), perMinute);
    }

    RunningAdmin(SampleStore store, HashingPool hashing) {
        this(store, hashing, InstantSource.fixed(MONDAY));
    }

    RunningAdmin(SampleStore store) {
        this(store, hashingPool());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
                .header("Authorization", "Bearer " + TOKEN);
    }

    /** Whatever comes of it is held against the contract. */
    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpRequest asked = request.build();
        HttpResponse<String> answer = client.send(asked, BodyHandlers.ofString());
        Contract.check(asked, answer);
        return answer;
    }

    /** Made by an owner; automation may only read users. */
    String tokenOf(Role role) throws StoreUnavailableException {
        Optional<Set<Permission>> scopes =
                role == Role.AUTOMATION ? Optional.of(Set.of(Permission.USERS_READ)) : Optional.empty();
        TokenOrder order = new TokenOrder("test", role, scopes, List.of(), Optional.empty());
        Caller owner = Caller.of(Actor.administrator("root"), Role.OWNER);
        Made made = (Made) tokens().issue(order, owner, owner.by("r", MONDAY));
        return made.token().reveal();
    }

    /** As {@link #post(String, String)}, with the token of somebody else. */
    HttpResponse<String> post(String token, String path, String json) throws Exception {
        return send(request(path)
                .setHeader("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    GrantVault vault() {
        return domain.opening().vault();
    }

    ApiTokens tokens() {
        return domain.tokens();
    }

    /** Of the API; what else is open are pages. */
    List<Route> openRoutes() {
        return AdminRoutes.open(domain).stream()
                .filter(route -> route.method() == HttpMethod.POST)
                .toList();
    }

    List<Route> routes() {
        return AdminRoutes.of(domain);
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String json) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> delete(String path) throws Exception {
        return send(request(path).DELETE());
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    CapturedLog log() {
        return log;
    }

    AdminServer server() {
        return server;
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
        log.close();
    }

    static SSLContext trusting() {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {CERTIFICATE.toTrustManager()}, null);
            return tls;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static X509Bundle throwAway() {
        try {
            return new CertificateBuilder()
                    .subject("CN=localhost")
                    .addSanDnsName("localhost")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static TlsFiles files() {
        try {
            Path folder = Files.createTempDirectory("admin-tls");
            Path chain = Files.writeString(folder.resolve("chain.pem"), CERTIFICATE.getCertificatePathPEM());
            Path key = Files.writeString(folder.resolve("key.pem"), CERTIFICATE.getPrivateKeyPEM());
            folder.toFile().deleteOnExit();
            chain.toFile().deleteOnExit();
            key.toFile().deleteOnExit();
            return new TlsFiles(chain, key);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
