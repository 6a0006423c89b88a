package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.WRONG_SECRET;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import postern.credentials.issue.Issue.Made;
import postern.credentials.provider.FakeProvider;
import postern.credentials.provider.FakeProvider.Reply;

/** The whole server in front of an upstream that takes tokens: who causes a request for one, and what is told of it. */
@Timeout(180)
class TokensTest {

    private static final String REFRESH_TOKEN = "0.canary-refresh-token-of-ada";
    private static final String ACCESS_TOKEN = "ya29.canary-access-token-of-ada";
    private static final String CLIENT_SECRET = "canary-client-secret-of-postern";
    private static final List<String> CANARIES = List.of(REFRESH_TOKEN, ACCESS_TOKEN, CLIENT_SECRET);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final FakeProvider provider = FakeProvider.saying("""
            {"token_type":"Bearer","access_token":"%s","expires_in":3600}""".formatted(ACCESS_TOKEN));
    private final WholeServer server;
    private final HostCommands host;
    private final Made scanner;

    TokensTest(@TempDir Path folder) throws Exception {
        Path secret = Files.createFile(
                folder.resolve("client-secret"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, CLIENT_SECRET);
        this.server = WholeServer.start(folder, """
                upstreams.mail {
                  host = localhost
                  imap { port = 1, tls = none }
                  login {
                    strategy = oauth
                    oauth { token-endpoint = "%s", client-id = postern, client-secret = { file = client-secret }, scopes = [ mail ] }
                  }
                }
                routes.default = mail
                lockout.mode = learn
                """.formatted(provider.endpoint()));
        this.scanner = server.issue(ADA);
        this.host = new HostCommands(folder);
        host.giveRefreshToken(ADA, REFRESH_TOKEN);
    }

    @AfterEach
    void close() throws Exception {
        root.detachAppender(log);
        root.setLevel(Level.ERROR);
        server.close();
        provider.close();
    }

    /** Traps 6 and 7. */
    @Test
    void onlyTheRightPasswordCausesARequest() throws Exception {
        Made revoked = server.issue(ADA);
        server.postern().store().revoke(ADA, revoked.appPassword().id(), ROOT);

        for (String wrong : List.of(WRONG_SECRET, "\"\"", "hunter2", revoked.secret())) {
            assertThat(login(wrong)).contains("NO ");
        }
        assertThat(provider.requests()).isEmpty();

        assertThat(login(scanner.secret())).contains("NO [UNAVAILABLE]"); // port 1: nobody is there
        assertThat(provider.requests()).hasSize(1);
        assertThat(login(WRONG_SECRET)).contains("NO [AUTHENTICATIONFAILED]");
        assertThat(login(scanner.secret())).contains("NO [UNAVAILABLE]");
        assertThat(provider.requests()).as("there is a fresh one").hasSize(1);
    }

    /** Trap 8. */
    @Test
    void aThousandWrongLoginsLeaveTheVaultAsItWas() throws Exception {
        host.execute("grant list");
        String before = host.said();

        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            List<Callable<Void>> guessers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                guessers.add(() -> {
                    try (ImapClient client = server.overTls()) {
                        client.say("LOGIN ada@example.org " + WRONG_SECRET);
                        client.say("LOGIN ada@example.org another" + WRONG_SECRET);
                    }
                    return null;
                });
            }
            for (Future<Void> guesser : threads.invokeAll(guessers)) {
                guesser.get();
            }
        }

        assertThat(provider.requests()).isEmpty();
        host.execute("grant list");
        assertThat(host.said()).isEqualTo(before).contains("ada@example.org  mail  refresh token  working");
    }

    /** Trap 35, at TRACE. */
    @Test
    void noSecretIsToldAnywhere() throws Exception {
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        login(scanner.secret());
        provider.say(Reply.error("invalid_grant", "AADSTS700082: " + REFRESH_TOKEN + " of " + CLIENT_SECRET));
        host.execute("grant revoke", "--user", ADA.value(), "--upstream", "mail");
        host.giveRefreshToken(ADA, REFRESH_TOKEN);
        await().untilAsserted(() -> {
            login(scanner.secret());
            assertThat(provider.requests()).hasSizeGreaterThan(1);
        });
        host.execute("grant list");

        assertThat(host.said())
                .contains("needs_consent", "invalid_grant AADSTS700082: the refresh token was not used for 90 days")
                .doesNotContain(CANARIES);
        assertThat(server.management("/metrics").body())
                .contains("postern_token_requests_total{kind=\"refresh\",outcome=\"refused\"} 1.0")
                .contains("postern_token_requests_total{kind=\"refresh\",outcome=\"given\"} 1.0")
                .contains("postern_grants{state=\"needs_consent\"}", "postern_grants_ending 0.0")
                .doesNotContain(CANARIES);
        root.detachAppender(log);
        assertThat(List.copyOf(log.list))
                .extracting(event -> event.getFormattedMessage() + event.getKeyValuePairs())
                .anyMatch(line -> line.contains("consent_lost"))
                .noneMatch(line -> CANARIES.stream().anyMatch(line::contains));
    }

    private String login(String secret) throws Exception {
        try (ImapClient client = server.overTls()) {
            return client.say("LOGIN ada@example.org " + secret);
        }
    }
}
