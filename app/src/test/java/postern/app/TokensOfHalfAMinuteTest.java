package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.app.provider.Gift.GOOD;
import static postern.credentials.SampleLogins.ADA;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.app.dovecot.Dovecot;
import postern.app.dovecot.DovecotSetup;
import postern.app.provider.TokenHouse;
import postern.credentials.Protocol;

/** Tokens that live for half a minute, by the clock on the wall, as the mail server reads it too. */
@Tag("dovecot")
@Timeout(180)
class TokensOfHalfAMinuteTest {

    private static final Duration LIFE = Duration.ofSeconds(30);

    /** It is handed out for a quarter of its life, and renewed in the second half of that. */
    private static final Duration LEAST_BETWEEN_REQUESTS = LIFE.dividedBy(8);

    @Test
    void whoIsInStaysInAndWhoComesHasATokenThatIsGood(@TempDir Path dovecotFolder, @TempDir Path own) throws Exception {
        try (TokenHouse house = TokenHouse.open();
                Dovecot dovecot = Dovecot.start(dovecotFolder, DovecotSetup.PLAIN.taking(house));
                WholeServer server = WholeServer.start(own, upstream(dovecot, house))) {
            server.consent(ADA, "mail", house.consentOf(ADA, "postern"));
            String secret = server.issue(ADA).secret();
            house.gives(GOOD.withLife(LIFE));

            try (ImapClient early = server.overTls()) {
                String first = house.tokenFor(ADA);
                long start = System.nanoTime();
                assertThat(early.say("LOGIN " + ADA + " " + secret)).contains("a1 OK");
                assertThat(early.say("SELECT INBOX")).contains("a2 OK");
                assertThat(atOnce(20, () -> LoginAnswer.at(Protocol.IMAP, server, ADA.value(), secret)))
                        .isEqualTo(20);

                await("the end of the first token")
                        .atMost(LIFE.multipliedBy(3))
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> {
                            String answer = LoginAnswer.at(Protocol.IMAP, server, ADA.value(), secret);
                            assertThat(answer).matches(LoginAnswer::isIn);
                            return !takes(dovecot, first);
                        });

                Duration took = Duration.ofNanos(System.nanoTime() - start);
                assertThat(house.requests()).isBetween(2, 1 + (int) took.dividedBy(LEAST_BETWEEN_REQUESTS));
                dovecot.deliver(ADA.value(), "Subject: Still here\n\n");
                assertThat(early.say("NOOP")).contains("* 1 EXISTS", "a3 OK");
                assertThat(early.say("FETCH 1 BODY[]")).contains("Still here");
            }
        }
    }

    private static String upstream(Dovecot dovecot, TokenHouse house) {
        return WholeServer.upstream(dovecot.host(), "port = " + dovecot.imapsPort(), dovecot.caFile(), """
                        strategy = oauth
                        oauth { token-endpoint = "%s", client-id = postern, scopes = [ mail ] }
                        """.formatted(
                        house.tokenEndpoint()));
    }

    /** How many get in. */
    private static long atOnce(int times, Callable<String> login) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long in = 0;
            for (Future<String> one : threads.invokeAll(Collections.nCopies(times, login))) {
                in += LoginAnswer.isIn(one.get()) ? 1 : 0;
            }
            return in;
        }
    }

    /** Shown to Dovecot as it is; it explains a refusal in a challenge. */
    private static boolean takes(Dovecot dovecot, String token) throws Exception {
        try (ImapClient client = ImapClient.overTls(dovecot.host(), dovecot.imapsPort(), dovecot.caFile())) {
            String words = "user=" + ADA + "\1auth=Bearer " + token + "\1\1";
            return !client.ask("x AUTHENTICATE XOAUTH2 "
                            + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.US_ASCII)))
                    .startsWith("+ ");
        }
    }
}
