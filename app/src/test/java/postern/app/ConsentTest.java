package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Ada lets us into her mailbox in her browser, from the link to the page that says so. */
@Timeout(180)
class ConsentTest {

    private static final String PUBLIC = "https://mail.example.org";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final MockOAuth2Server provider = new MockOAuth2Server();
    private final WholeServer server;
    private final HostCommands host;

    ConsentTest(@TempDir Path folder) throws Exception {
        provider.start();
        Path secret = Files.createFile(
                folder.resolve("client-secret"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, "canary-client-secret-of-postern");
        this.server = WholeServer.start(folder, """
                upstreams.mail {
                  host = localhost
                  imap { port = 1, tls = none }
                  login {
                    strategy = oauth
                    oauth {
                      token-endpoint = "%s", authorization-endpoint = "%s", issuer = "%s"
                      client-id = postern, client-secret = { file = client-secret }
                      scopes = [ mail, offline_access ], consent-lasts = 90d
                    }
                  }
                }
                routes.default = mail
                consent.public-url = "%s/"
                """.formatted(
                        provider.tokenEndpointUrl("tenant"),
                        provider.authorizationEndpointUrl("tenant"),
                        provider.issuerUrl("tenant"),
                        PUBLIC));
        this.host = new HostCommands(folder);
    }

    @AfterEach
    void close() {
        root.detachAppender(log);
        root.setLevel(Level.ERROR);
        server.close();
        provider.shutdown();
    }

    @Test
    void anAdministratorAsksAdaAndAdaLetsUsIn() throws Exception {
        signsIn("ada@example.org");

        HttpResponse<String> page = open(back(link()));

        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("Postern may open the mailbox of ada@example.org from now on.");
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(server.admin("GET", "/v1/users/ada@example.org/grants", "").body())
                .contains("\"upstream\":\"mail\"", "\"state\":\"working\"", "\"days_left\":89");
        assertThat(login(server.issue(ADA).secret())).contains("NO [UNAVAILABLE]"); // port 1: nobody is there
        assertThat(server.management("/metrics").body())
                .contains("postern_token_requests_total{kind=\"refresh\",outcome=\"given\"} 1.0");
    }

    /** The link lets its bearer give a mailbox away, so that it is kept nowhere: not for who asks twice either. */
    @Test
    void whoAsksAgainWithTheirKeyIsNotToldTheLinkAgain() throws Exception {
        assertThat(askedWithAKey()).contains("\"url\":\"http");
        assertThat(askedWithAKey())
                .contains("\"url\":null", "\"secret_already_delivered\":true", "\"mailbox\":\"ada@example.org\"");
    }

    private String askedWithAKey() throws Exception {
        URI consents =
                URI.create("https://127.0.0.1:" + server.postern().adminPort() + "/v1/users/ada@example.org/consents");
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(ImapClient.trusting(server.caFile()))
                .build()) {
            return client.send(
                            HttpRequest.newBuilder(consents)
                                    .header("Authorization", "Bearer " + server.adminToken())
                                    .header("Content-Type", "application/json")
                                    .header("Idempotency-Key", "once")
                                    .POST(BodyPublishers.ofString("{\"upstream\":\"mail\"}"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void anOperatorAsksFromTheHost() throws Exception {
        signsIn("ada@example.org");

        assertThat(host.execute("grant consent", "--user", ADA.value(), "--upstream", "mail"))
                .as(host.complained())
                .isZero();
        List<String> said = host.said().lines().toList();
        assertThat(said.getFirst()).startsWith("For ada@example.org, once, until ");
        assertThat(open(back(URI.create(said.getLast()))).statusCode()).isEqualTo(200);
        host.execute("grant list");
        assertThat(host.said()).contains("ada@example.org  mail  refresh token  working");
    }

    @Test
    void whoComesTwiceOrIsAnotherHearsWhy() throws Exception {
        signsIn("grace@example.org");
        URI back = back(link());

        HttpResponse<String> wrong = open(back);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .contains("it is the consent of grace@example.org, and that of ada@example.org was asked for");
        HttpResponse<String> again = open(back);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("this link was used before");
        assertThat(server.admin("GET", "/v1/users/ada@example.org/grants", "").body())
                .isEqualTo("{\"grants\":[]}");
    }

    @Test
    void aPageSaysNothingThatTheAddressMadeUp() throws Exception {
        String state = said(link(), "state");

        HttpResponse<String> page = open(URI.create(PUBLIC + "/consent/mail?state=" + state
                + "&error=%3Cscript%3Ealert(1)&error_description=call+the+help+desk+at+0900"));

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("&lt;script&gt;").doesNotContain("<script", "0900");
        assertThat(open(URI.create(PUBLIC + "/consent/nowhere")).statusCode()).isEqualTo(400);
        assertThat(open(URI.create(PUBLIC + "/consent/mail?state=a&state=b")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void nothingElseIsOpenToWhoHasNoToken() throws Exception {
        for (String path :
                List.of("/v1/users/ada@example.org/grants", "/consent", "/consents/mail", "/consent/mail/more", "/")) {
            assertThat(open(URI.create(PUBLIC + path)).statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void whomNobodyKnowsNobodyAsks() throws Exception {
        assertThat(server.admin("POST", "/v1/users/eve@example.org/consents", "{\"upstream\":\"mail\"}")
                        .body())
                .contains("\"code\":\"user-not-found\"");
        assertThat(server.admin("POST", "/v1/users/ada@example.org/consents", "{\"upstream\":\"nowhere\"}")
                        .body())
                .contains("upstream: another (expected: one that people let us into: mail)");
    }

    /** Trap 35, at TRACE. */
    @Test
    void noSecretIsToldAnywhere() throws Exception {
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        signsIn("ada@example.org");
        URI link = link();
        URI back = back(link);
        open(back);
        open(back);
        root.setLevel(Level.ERROR);
        root.detachAppender(log);

        provider.takeRequest();
        String form = provider.takeRequest().getBody().readUtf8();
        String verifier =
                URLDecoder.decode(form.replaceFirst(".*code_verifier=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        String code = said(back, "code");
        String state = said(back, "state");
        assertThat(verifier).hasSize(43);
        assertThat(List.copyOf(log.list))
                .filteredOn(event -> !event.getLoggerName().startsWith("no.nav")) // the provider's own
                .extracting(event -> event.getFormattedMessage() + event.getKeyValuePairs())
                .anyMatch(line -> line.contains("a consent is given"))
                .anyMatch(line -> line.contains("path=\"/consent/{upstream}\""))
                .noneMatch(line -> line.contains(verifier) || line.contains(code) || line.contains(state));
    }

    private void signsIn(String email) {
        for (int i = 0; i < 2; i++) {
            provider.enqueueCallback(new DefaultOAuth2TokenCallback(
                    "tenant", "1234567", "JWT", List.of("mail"), Map.of("email", email)));
        }
    }

    private URI link() throws Exception {
        String answer = server.admin("POST", "/v1/users/ada@example.org/consents", "{\"upstream\":\"mail\"}")
                .body();
        assertThat(answer).contains("\"mailbox\":\"ada@example.org\"");
        return URI.create(answer.replaceFirst(".*\"url\":\"([^\"]*)\".*", "$1"));
    }

    /** Where the provider sends the browser. */
    private static URI back(URI link) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            return URI.create(browser.send(HttpRequest.newBuilder(link).build(), BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow());
        }
    }

    /** As the proxy in front of it would pass it on. */
    private HttpResponse<String> open(URI page) throws Exception {
        assertThat(page.toString()).startsWith(PUBLIC);
        String here = "https://127.0.0.1:" + server.postern().adminPort();
        try (HttpClient browser = HttpClient.newBuilder()
                .sslContext(ImapClient.trusting(server.caFile()))
                .build()) {
            return browser.send(
                    HttpRequest.newBuilder(URI.create(page.toString().replace(PUBLIC, here)))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private String login(String secret) throws Exception {
        try (ImapClient client = server.overTls()) {
            return client.say("LOGIN ada@example.org " + secret);
        }
    }

    private static String said(URI uri, String name) {
        return Stream.of(uri.getRawQuery().split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }
}
