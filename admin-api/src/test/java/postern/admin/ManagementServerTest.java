package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.RunningAdmin.ANY_PORT;
import static postern.admin.RunningAdmin.EVENT_LOOPS;
import static postern.admin.RunningAdmin.JSON;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.admin.Readiness.Check;
import postern.credentials.StoreUnavailableException;

class ManagementServerTest {

    private static final Check WELL = () -> {};
    private static final Check ILL = () -> {
        throw new StoreUnavailableException("disk full", new IOException());
    };

    private final CapturedLog log = new CapturedLog();
    private final Map<String, Check> checks = new LinkedHashMap<>();

    @BeforeEach
    void somethingToCheck() {
        checks.put("store", WELL);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private HttpResponse<String> ask(String path, String... headers) throws Exception {
        return ask("GET", path, type -> "scraped as " + type, headers);
    }

    private HttpResponse<String> ask(String method, String path, UnaryOperator<String> scrape, String... headers)
            throws Exception {
        try (ManagementServer server = ManagementServer.open(ANY_PORT, EVENT_LOOPS, new Readiness(checks), scrape);
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .method(method, BodyPublishers.noBody());
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().map()).doesNotContainKey("server");
            return answer;
        }
    }

    @Test
    void isLiveWhateverElseIsIll() throws Exception {
        checks.put("store", ILL);

        HttpResponse<String> live = ask("/health/live");

        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(live.body()).isEqualTo("{\"status\":\"live\"}");
    }

    @Test
    void isReadyWhenEveryCheckIsWell() throws Exception {
        checks.put("upstream", WELL);

        HttpResponse<String> ready = ask("/health/ready");

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"status\":\"ready\",\"checks\":{\"store\":\"ok\",\"upstream\":\"ok\"}}");
    }

    @Test
    void isNotReadyWhenOneCheckFailsAndTellsWhyOnlyToTheLog() throws Exception {
        checks.put("upstream", ILL);

        HttpResponse<String> ready = ask("/health/ready");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(ready.body())).isEqualTo(JSON.readTree("""
                {"status": "not_ready", "checks": {"store": "ok", "upstream": "failing"}}"""));
        assertThat(log.text()).contains("check=upstream").contains("disk full");
    }

    @Test
    void isNotReadyWhenOneCheckHangs() throws Exception {
        checks.put("hung", () -> new CountDownLatch(1).await());
        long before = System.nanoTime();

        HttpResponse<String> ready = ask("/health/ready");

        assertThat(ready.body()).contains("\"store\":\"ok\",\"hung\":\"failing\"");
        assertThat(System.nanoTime() - before).isBetween(1_900_000_000L, 5_000_000_000L);
    }

    @Test
    void speaksToPrometheusAsItAsks() throws Exception {
        HttpResponse<String> open = ask(
                "/metrics",
                "Accept",
                "application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
        assertThat(open.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(open.body()).isEqualTo("scraped as application/openmetrics-text; version=1.0.0; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/plain", "text/html"})
    void speaksPlainlyToOthers(String accept) throws Exception {
        HttpResponse<String> plain = ask("/metrics", "Accept", accept);

        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(plain.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(plain.body()).isEqualTo("scraped as text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void aFailingScrapeTellsNothingOfItself() throws Exception {
        HttpResponse<String> failed = ask("GET", "/metrics", _ -> {
            throw new IllegalStateException("inner workings");
        });

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("internal-error").doesNotContain("inner workings");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,     /,              404",
        "GET,     /health,        404",
        "GET,     /v1/users/ada,  404",
        "POST,    /metrics,       405",
        "OPTIONS, /health/ready,  405",
        "HEAD,    /health/ready,  200",
        "GET,     /health/live?x, 200"
    })
    void answersNothingElse(String method, String path, int status) throws Exception {
        assertThat(ask(method, path, UnaryOperator.identity()).statusCode()).isEqualTo(status);
    }
}
