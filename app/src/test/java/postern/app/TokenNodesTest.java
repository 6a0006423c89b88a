package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.grant.SampleGrants.CANARY;
import static postern.credentials.grant.SampleGrants.OLD_KEY;
import static postern.credentials.grant.SampleGrants.clear;
import static postern.credentials.grant.SampleGrants.envelope;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import postern.config.OAuthSettings.Grant;
import postern.config.UpstreamSettings;
import postern.credentials.Protocol;
import postern.credentials.SampleLogins;
import postern.credentials.grant.GrantState;
import postern.credentials.grant.GrantVault;
import postern.credentials.provider.FakeProvider;
import postern.credentials.provider.ProviderClient;
import postern.credentials.provider.RotatingTokens;
import postern.credentials.provider.SampleProviders;
import postern.credentials.store.ChangeFeed;
import postern.credentials.store.ChangeWriter;
import postern.credentials.store.Database;
import postern.credentials.store.SamplePostgres;
import postern.credentials.store.SqlAuditTrail;
import postern.credentials.store.SqlGrantVault;
import postern.proxy.token.SampleTokens;
import postern.proxy.token.TokenSource;
import postern.proxy.upstream.UpstreamProof.Bearer;

/** Trap 43: two nodes on one store, and a provider that forgets each refresh token as soon as it sees the next. */
@Timeout(180)
class TokenNodesTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String url = SamplePostgres.url();
    private final RotatingTokens rotating = new RotatingTokens(CANARY);
    private final FakeProvider provider = FakeProvider.saying(rotating);
    private final ProviderClient client = SampleProviders.client(provider.endpoint());
    private final UpstreamSettings upstream =
            SampleTokens.upstream(SampleTokens.oauth(Grant.CONSENT, provider.endpoint()));
    private final List<Database> opened = new ArrayList<>();
    private final GrantVault vault = vault(database(), InstantSource.system(), Duration.ofSeconds(30));

    TokenNodesTest() throws Exception {
        SampleTokens.adaGives(vault, upstream, CANARY);
    }

    @AfterEach
    void close() {
        client.close();
        provider.close();
        opened.forEach(Database::close);
    }

    private Database database() throws Exception {
        Database database = SamplePostgres.open(url);
        opened.add(database);
        return database;
    }

    static GrantVault vault(Database database, InstantSource clock, Duration lease) throws Exception {
        ChangeFeed feed = SampleLogins.feedOf(database);
        feed.close(); // nobody listens
        SqlAuditTrail trail = new SqlAuditTrail(database, "node", RANDOM, _ -> {});
        return new SqlGrantVault(
                new ChangeWriter(database, feed, trail, RANDOM), envelope(OLD_KEY), clock, RANDOM, lease);
    }

    @Test
    void twoNodesThatRefreshAtOnceLoseNoRefreshToken() throws Exception {
        List<Callable<Void>> nodes = List.of(node(), node());

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> node : threads.invokeAll(nodes)) {
                node.get();
            }
        }

        assertThat(provider.requests()).hasSize(20);
        assertThat(rotating.refused()).isEmpty();
        assertNothingIsLost();
    }

    /** One that needs another token ten times. */
    private Callable<Void> node() throws Exception {
        AtomicLong nanos = new AtomicLong();
        TokenSource source = SampleTokens.byConsent(
                upstream,
                client,
                vault(database(), InstantSource.system(), Duration.ofSeconds(30)),
                SampleTokens.surroundings(nanos::get));
        return () -> {
            for (int i = 0; i < 10; i++) {
                assertThat(SampleTokens.proof(source, ADA, Protocol.IMAP)).isInstanceOf(Bearer.class);
                nanos.addAndGet(Duration.ofHours(1).toNanos());
            }
            return null;
        };
    }

    @Test
    void norDoTwoProcesses() throws Exception {
        Process one = process(5, Duration.ofSeconds(30));
        Process other = process(5, Duration.ofSeconds(30));

        assertThat(one.waitFor()).isZero();
        assertThat(other.waitFor()).isZero();
        assertThat(provider.requests()).hasSize(10);
        assertThat(rotating.refused()).isEmpty();
        assertNothingIsLost();
    }

    private Process process(int tokens, Duration lease) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RefreshingNode.class.getName(),
                        url,
                        provider.endpoint().toString(),
                        Integer.toString(tokens),
                        Long.toString(lease.toSeconds()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
    }

    @Test
    void aNodeThatIsKilledBetweenAnswerAndStoreCostsNobodyTheirConsent() throws Exception {
        CompletableFuture<Process> doomed = new CompletableFuture<>();
        provider.say((exchange, form) -> {
            provider.say(rotating);
            rotating.to(exchange, form); // drawn, and on its way
            kill(doomed.join());
        });
        doomed.complete(process(1, Duration.ofSeconds(4)));
        doomed.join().waitFor();
        assertThat(provider.requests()).hasSize(1);

        TokenSource heir = SampleTokens.byConsent(upstream, client, vault, SampleTokens.surroundings(System::nanoTime));
        assertThat(SampleTokens.proof(heir, ADA, Protocol.IMAP)).isInstanceOf(Bearer.class);

        assertThat(rotating.refused()).isEmpty();
        assertNothingIsLost();
    }

    private static void kill(Process process) throws IOException {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void assertNothingIsLost() throws Exception {
        assertThat(clear(vault.open(ADA, SampleTokens.UPSTREAM).orElseThrow().secret()))
                .isEqualTo(rotating.current());
        assertThat(vault.find(ADA, SampleTokens.UPSTREAM).orElseThrow().state()).isEqualTo(GrantState.WORKING);
    }
}
