package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.WRONG_SECRET;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import postern.app.dovecot.Dovecot;
import postern.app.dovecot.DovecotSetup;
import postern.app.provider.TokenHouse;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.issue.Issue.Made;
import postern.credentials.provider.FakeProvider;
import postern.credentials.provider.FakeProvider.Reply;

/**
 * However it stands with the token of a mailbox, a password that is wrong, revoked or empty is refused for what it is, in
 * the same words, and nobody is asked for a token. The right one gets in, or hears what it is not the fault of.
 */
@Tag("dovecot")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class TokenMatrixTest {

    private static final List<Protocol> DOORS = List.of(Protocol.IMAP, Protocol.POP3, Protocol.SMTP);
    private static final Duration SHORT = Duration.ofSeconds(1);

    /** How it stands with the token when somebody comes. */
    enum Token {
        /** There is one, and it is good. */
        FRESH("given", 0, Heard.LOGGED_IN, "", ""),
        /** There was one. */
        EXPIRED("given", 1, Heard.LOGGED_IN, "", ""),
        /** There is a consent, and nobody has come yet. */
        ABSENT("given", 1, Heard.LOGGED_IN, "", ""),
        WITHOUT_CONSENT("given", 0, Heard.CONNECT_AGAIN, "consent_lost", "there is no consent of"),
        /** The provider takes the consent no more. */
        REVOKED("given", 1, Heard.CONNECT_AGAIN, "consent_lost", "invalid_grant AADSTS50173"),
        /** The provider answers that it is in trouble. */
        REFRESH_FAILS("failing", 1, Heard.NOT_REACHABLE, "no_token", "it has trouble of its own"),
        /** The provider does not answer. */
        PROVIDER_AWAY("away", 0, Heard.NOT_REACHABLE, "unreachable", "it gives no whole answer in time");

        private final String upstream;
        private final int requests;
        private final Heard heard;
        private final String failure;
        private final String cause;

        Token(String upstream, int requests, Heard heard, String failure, String cause) {
            this.upstream = upstream;
            this.requests = requests;
            this.heard = heard;
            this.failure = failure;
            this.cause = cause;
        }
    }

    /** All that anybody hears here, by IMAP, POP3 and SMTP. */
    enum Heard {
        LOGGED_IN("OK \\[CAPABILITY .*] Logged in\\.", "\\+OK Logged in\\.", "235 2\\.7\\.0 Logged in\\."),
        WRONG(
                Pattern.quote("NO [AUTHENTICATIONFAILED] Wrong user name or app password."),
                Pattern.quote("-ERR [AUTH] Wrong user name or app password."),
                Pattern.quote("535 5.7.8 Wrong user name or app password.")),
        CONNECT_AGAIN(
                Pattern.quote("NO [CONTACTADMIN] This mailbox has to be connected again."),
                Pattern.quote("-ERR [SYS/PERM] This mailbox has to be connected again."),
                Pattern.quote("454 4.7.0 This mailbox has to be connected again.")),
        NOT_REACHABLE(
                Pattern.quote("NO [UNAVAILABLE] The mail server is not reachable."),
                Pattern.quote("-ERR [SYS/TEMP] The mail server is not reachable."),
                Pattern.quote("454 4.7.0 The mail server is not reachable."));

        private final String imap;
        private final String pop3;
        private final String smtp;

        Heard(String imap, String pop3, String smtp) {
            this.imap = imap;
            this.pop3 = pop3;
            this.smtp = smtp;
        }

        String at(Protocol door) {
            return switch (door) {
                case IMAP -> imap;
                case POP3 -> pop3;
                case SMTP -> smtp;
                case ACTIVESYNC, DAV -> throw new IllegalArgumentException("no mail door");
            };
        }
    }

    private final GreenMail onwards = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final TokenHouse house = TokenHouse.open();
    private final FakeProvider given = FakeProvider.saying(this::give);
    private final FakeProvider failing = FakeProvider.saying(Reply.json(503, "{}"));
    private final Set<String> shortLived = ConcurrentHashMap.newKeySet();
    private final Map<LoginName, Made> people = new HashMap<>();
    private Instant expired = Instant.MAX;

    @SuppressWarnings("NullAway.Init")
    private Dovecot dovecot;

    @SuppressWarnings("NullAway.Init")
    private WholeServer server;

    TokenMatrixTest() throws Exception {}

    @BeforeAll
    @Timeout(120)
    void start(@TempDir Path dovecotFolder, @TempDir Path own) throws Exception {
        onwards.start();
        dovecot = Dovecot.start(
                dovecotFolder,
                DovecotSetup.relayingTo(onwards.getSmtp().getPort()).taking(house));
        server = WholeServer.start(
                own,
                upstream("given", given.endpoint())
                        + upstream("failing", failing.endpoint())
                        + upstream("away", URI.create("http://127.0.0.1:1/token"))
                        + "lockout.mode = learn\n");
        Map<String, Map<LoginName, String>> consents = new HashMap<>();
        for (Token token : Token.values()) {
            if (token != Token.WITHOUT_CONSENT) {
                DOORS.forEach(door -> consents.computeIfAbsent(token.upstream, _ -> new HashMap<>())
                        .put(person(token, door), person(token, door).value()));
            }
        }
        for (Map.Entry<String, Map<LoginName, String>> there : consents.entrySet()) {
            server.consents(there.getKey(), there.getValue());
        }
        for (Token token : Token.values()) {
            for (Protocol door : DOORS) {
                people.put(person(token, door), server.newcomer(person(token, door)));
            }
        }
        for (Token token : List.of(Token.FRESH, Token.EXPIRED)) {
            for (Protocol door : DOORS) {
                assertThat(answer(door, person(token, door), secret(token, door)))
                        .matches(Heard.LOGGED_IN.at(door));
            }
        }
        expired = Instant.now().plus(SHORT);
    }

    /** For everybody of a domain that is called after it. */
    private String upstream(String name, URI tokenEndpoint) {
        return """
                upstreams.%1$s {
                  host = "%2$s", ca-file = "%3$s", imap.port = %4$d, pop3.port = %5$d, smtp { port = %6$d, tls = starttls }
                  login { strategy = oauth, oauth { token-endpoint = "%7$s", client-id = postern, scopes = [ mail ] } }
                }
                routes.domains { "%1$s.example" = %1$s }
                """.formatted(
                        name,
                        dovecot.host(),
                        dovecot.caFile(),
                        dovecot.imapsPort(),
                        dovecot.pop3sPort(),
                        dovecot.submissionPort(),
                        tokenEndpoint);
    }

    /** Refresh tokens are called as whose they are. */
    private void give(HttpExchange exchange, Map<String, String> form) throws IOException {
        String name = Objects.requireNonNull(form.get("refresh_token"));
        Reply reply = name.startsWith("revoked")
                ? Reply.error("invalid_grant", "AADSTS50173: the password was changed")
                : Reply.json(200, """
                        {"token_type":"Bearer","access_token":"%s","expires_in":%d}""".formatted(
                                house.tokenFor(new LoginName(name)),
                                name.startsWith("expired") && shortLived.add(name) ? SHORT.toSeconds() : 3600));
        reply.to(exchange, form);
    }

    @AfterAll
    void stop() {
        server.close();
        dovecot.close();
        onwards.stop();
        given.close();
        failing.close();
        house.close();
    }

    @ParameterizedTest
    @MethodSource
    void onlyTheRightPasswordPassesAndOnlyItCausesARequest(Token token, Protocol door) throws Exception {
        LoginName person = person(token, door);
        Made revoked = server.issue(person);
        server.postern().store().revoke(person, revoked.appPassword().id(), ROOT);
        await().until(() -> token != Token.EXPIRED || Instant.now().isAfter(expired));
        int before = requests();
        int failuresBefore = failures(token, door);

        try (HeardLog log = new HeardLog()) {
            for (String password : List.of(WRONG_SECRET, revoked.secret(), "")) {
                assertThat(answer(door, person, password)).matches(Heard.WRONG.at(door));
            }
            assertThat(requests()).isEqualTo(before);
            assertThat(log.lines()).noneMatch(line -> line.startsWith("upstream login failed"));

            assertThat(answer(door, person, secret(token, door))).matches(token.heard.at(door));
            assertThat(requests()).isEqualTo(before + token.requests);
            assertOperatorHears(token, log);
        }
        assertThat(failures(token, door)).isEqualTo(failuresBefore + (token.failure.isEmpty() ? 0 : 1));
    }

    static Stream<Arguments> onlyTheRightPasswordPassesAndOnlyItCausesARequest() {
        return Arrays.stream(Token.values()).flatMap(token -> DOORS.stream().map(door -> Arguments.of(token, door)));
    }

    private static void assertOperatorHears(Token token, HeardLog log) {
        List<String> failed = log.lines().stream()
                .filter(line -> line.startsWith("upstream login failed"))
                .toList();
        if (token.failure.isEmpty()) {
            assertThat(failed).isEmpty();
        } else {
            assertThat(failed)
                    .singleElement()
                    .satisfies(line ->
                            assertThat(line).contains("failure=\"" + token.failure + "\"", token.cause, "(look at: "));
        }
    }

    private int requests() {
        return given.requests().size() + failing.requests().size();
    }

    /** As counted for the operator. */
    private int failures(Token token, Protocol door) throws Exception {
        String series =
                "postern_upstream_login_seconds_count{outcome=\"%s\",protocol=\"%s\"} ".formatted(token.failure, door);
        return server.management("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    private static LoginName person(Token token, Protocol door) {
        return new LoginName("%s-%s@%s.example".formatted(token, door, token.upstream));
    }

    private String secret(Token token, Protocol door) {
        return Objects.requireNonNull(people.get(person(token, door))).secret();
    }

    private String answer(Protocol door, LoginName person, String password) throws Exception {
        return LoginAnswer.at(door, server, person.value(), password);
    }
}
