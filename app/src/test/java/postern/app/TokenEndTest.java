package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.provider.FakeProvider;
import postern.credentials.provider.FakeProvider.Reply;

/** The end of a token, before a mail server of which a real one knows nothing: for who comes then, and for who is in. */
@Timeout(120)
class TokenEndTest {

    private static final int PHONES = 200;
    private static final int PATIENCE_SECONDS = 30;

    private final FakeProvider provider = FakeProvider.saying(token("first", 1));
    private final MailServerThatListens mail =
            new MailServerThatListens("* OK Here.", List.of("+ ", "L1 OK [CAPABILITY IMAP4rev1 IDLE] In."));
    private final WholeServer server;
    private final String secret;

    TokenEndTest(@TempDir Path folder) throws Exception {
        server = WholeServer.start(folder, """
                upstreams.mail {
                  host = "127.0.0.1", imap { port = %d, tls = none }, login-timeout = 60s
                  login {
                    strategy = oauth
                    oauth { token-endpoint = "%s", client-id = postern, scopes = [ mail ], timeout = 60s }
                  }
                }
                routes.default = mail
                sessions.most-per-person = 1000
                listener-defaults.max-connections-per-address = 1000
                """.formatted(mail.port(), provider.endpoint()));
        server.consent(ADA, "mail", "refresh-token");
        secret = server.issue(ADA).secret();
    }

    private static String token(String text, int life) {
        return "{\"token_type\":\"Bearer\",\"access_token\":\"%s\",\"expires_in\":%d}".formatted(text, life);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        mail.close();
        provider.close();
    }

    /** Trap 43. */
    @Test
    void twoHundredPhonesThatComeThenAreOneRequest() throws Exception {
        List<ImapClient> phones = new ArrayList<>();
        for (int i = 0; i <= PHONES; i++) {
            phones.add(server.overTls());
        }
        ImapClient early = phones.removeFirst();
        assertThat(logIn(early)).contains("a1 OK");
        Instant end = Instant.now().plus(Duration.ofSeconds(1));
        CountDownLatch allHaveCome = new CountDownLatch(PHONES);
        provider.say((exchange, form) -> {
            awaitAll(allHaveCome);
            Reply.json(200, token("next", 3600)).to(exchange, form);
        });
        await().until(() -> Instant.now().isAfter(end));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (ImapClient phone : phones) {
                answers.add(threads.submit(() -> {
                    phone.send("a LOGIN " + ADA + " " + secret + "\r\n");
                    allHaveCome.countDown();
                    return phone.line();
                }));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).startsWith("a OK");
            }
        }

        assertThat(provider.requests()).hasSize(2);
        for (ImapClient phone : phones) {
            phone.close();
        }
        early.close();
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            boolean _ = latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS); // else the requests tell
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** In Exchange Online's words. */
    @Test
    void aSessionThatEndsWithItsTokenEndsInGoodOrderAndTheNextOneHasAnother() throws Exception {
        try (ImapClient phone = server.overTls();
                ImapClient again = server.overTls()) {
            assertThat(logIn(phone)).contains("a1 OK");
            Instant end = Instant.now().plus(Duration.ofSeconds(1));
            phone.send("b NOOP\r\n");
            assertThat(mail.heard()).isEqualTo("b NOOP");

            mail.say("* BYE Session invalidated - AccessTokenExpired");
            mail.hangUp();

            assertThat(phone.line()).isEqualTo("* BYE Session invalidated - AccessTokenExpired");
            assertThat(phone.isAtEnd()).isTrue();
            provider.say(token("next", 3600));
            await().until(() -> Instant.now().isAfter(end));
            assertThat(logIn(again)).contains("a1 OK");
            assertThat(provider.requests()).hasSize(2);
        }
    }

    private String logIn(ImapClient client) throws Exception {
        return client.say("LOGIN " + ADA + " " + secret);
    }
}
