package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.app.provider.Gift.GOOD;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.app.dovecot.Dovecot;
import postern.app.dovecot.DovecotSetup;
import postern.app.provider.Gift;
import postern.app.provider.TokenHouse;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.hash.SecretFile;
import postern.credentials.provider.FakeProvider;

/**
 * A client that knows a password alone, Postern, and a Dovecot that takes tokens of a real OAuth server and nothing else:
 * as at Microsoft and Google, it looks into each for issuer, audience, scope, mailbox and end.
 */
@Tag("dovecot")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DovecotTokensTest {

    private static final List<Protocol> DOORS = List.of(Protocol.IMAP, Protocol.POP3, Protocol.SMTP);

    /** What a client hears whom it is no use to ask for another password. */
    private static final Map<Protocol, String> ASK_SOMEBODY = Map.of(
            Protocol.IMAP, "NO [CONTACTADMIN] The mail server will not open this mailbox.",
            Protocol.POP3, "-ERR [SYS/PERM] The mail server will not open this mailbox.",
            Protocol.SMTP, "454 4.7.0 The mail server takes no mail from this mailbox.");

    /**
     * A token that is wrong.
     *
     * @param signedInAs if it was somebody else
     * @param logged what Dovecot says of it in its own log
     */
    record Wrong(String what, Gift gift, Optional<LoginName> signedInAs, String logged) {

        static Stream<Wrong> all() {
            LoginName eve = new LoginName("eve@elsewhere.example");
            return Stream.of(
                    new Wrong("issuer", GOOD.withIssuer("https://sts.example.com"), Optional.empty(), "is not allowed"),
                    new Wrong("audience", GOOD.withAudience("graph"), Optional.empty(), "client_id not found in aud"),
                    new Wrong("scope", GOOD.withScope("User.Read"), Optional.empty(), "missing from token scope"),
                    new Wrong("mailbox", GOOD, Optional.of(eve), "did not match '" + eve + "'"));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private final GreenMail onwards = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final TokenHouse house = TokenHouse.open();
    private final FakeProvider late = FakeProvider.saying("");

    @SuppressWarnings("NullAway.Init")
    private Dovecot dovecot;

    @SuppressWarnings("NullAway.Init")
    private WholeServer server;

    DovecotTokensTest() throws Exception {}

    @BeforeAll
    @Timeout(120)
    void start(@TempDir Path dovecotFolder, @TempDir Path own) throws Exception {
        onwards.start();
        dovecot = Dovecot.start(
                dovecotFolder,
                DovecotSetup.relayingTo(onwards.getSmtp().getPort()).taking(house));
        SecretFile.create(own.resolve("client-secret"), "canary-client-secret");
        server = WholeServer.start(
                own,
                upstream("xoauth2", house.tokenEndpoint(), "client-id = postern, mechanism = xoauth2")
                        + upstream("oauthbearer", house.tokenEndpoint(), "client-id = postern, mechanism = oauthbearer")
                        + upstream("late", late.endpoint(), "client-id = postern")
                        + upstream("ours-xoauth2", house.tokenEndpoint(), ofOurOwn("xoauth2"))
                        + upstream("ours-oauthbearer", house.tokenEndpoint(), ofOurOwn("oauthbearer")));
    }

    private static String ofOurOwn(String mechanism) {
        return "grant = client-credentials, client-id = \"office@ours-%1$s.example\", mechanism = %1$s"
                .formatted(mechanism);
    }

    /** For everybody of a domain that is called after it. */
    private String upstream(String name, URI tokenEndpoint, String oauth) {
        return """
                upstreams.%1$s {
                  host = "%2$s", ca-file = "%3$s", imap.port = %4$d, pop3.port = %5$d, smtp { port = %6$d, tls = starttls }
                  login { strategy = oauth, oauth { %7$s } }
                  login.oauth { token-endpoint = "%8$s", client-secret = { file = client-secret }, scopes = [ mail ] }
                }
                routes.domains { "%1$s.example" = %1$s }
                """.formatted(
                        name,
                        dovecot.host(),
                        dovecot.caFile(),
                        dovecot.imapsPort(),
                        dovecot.pop3sPort(),
                        dovecot.submissionPort(),
                        oauth,
                        tokenEndpoint);
    }

    @AfterAll
    void stop() {
        server.close();
        dovecot.close();
        onwards.stop();
        house.close();
        late.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xoauth2", "oauthbearer"})
    void oneConsentOpensAMailboxAtEveryDoorAndIsOneRequest(String mechanism) throws Exception {
        LoginName ada = new LoginName("ada@" + mechanism + ".example");
        String secret = personWhoConsents(ada, ada);

        for (Protocol door : DOORS) {
            assertThat(answer(door, ada, secret)).matches(LoginAnswer::isIn);
        }

        assertThat(house.requests()).isEqualTo(1);
        String login = "Login: user=<%s>, method=%s,".formatted(ada, mechanism.toUpperCase(Locale.ROOT));
        await().untilAsserted(() -> assertThat(dovecot.log().lines())
                .filteredOn(line -> line.contains(login))
                .hasSize(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xoauth2", "oauthbearer"})
    void aTokenOfOurOwnOpensTheMailboxesThatTheProviderLetsItInto(String mechanism) throws Exception {
        LoginName office = new LoginName("office@ours-" + mechanism + ".example");
        LoginName ada = new LoginName("ada@ours-" + mechanism + ".example");
        String secret = server.newcomer(office).secret();
        String adas = server.newcomer(ada).secret();
        house.requests();

        for (Protocol door : DOORS) {
            assertThat(answer(door, office, secret)).matches(LoginAnswer::isIn);
            assertThat(answer(door, ada, adas)).isEqualTo(ASK_SOMEBODY.get(door));
        }

        assertThat(house.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource
    void aTokenThatTheMailServerRefusesIsNeverTheFaultOfTheAppPassword(String mechanism, Wrong wrong) throws Exception {
        LoginName bob = new LoginName("bob-%s@%s.example".formatted(wrong, mechanism));
        String secret = personWhoConsents(bob, wrong.signedInAs().orElse(bob));
        house.gives(wrong.gift);

        assertRefusedAtEveryDoor(bob, secret, wrong.logged);
    }

    static Stream<Arguments> aTokenThatTheMailServerRefusesIsNeverTheFaultOfTheAppPassword() {
        return Stream.of("xoauth2", "oauthbearer")
                .flatMap(mechanism -> Wrong.all().map(wrong -> Arguments.of(mechanism, wrong)));
    }

    /** The provider says that there is an hour to go, and the clock of the mail server that there is not. */
    @Test
    void norIsOneThatHasEndedMeanwhile() throws Exception {
        LoginName bob = new LoginName("bob@late.example");
        house.gives(GOOD.withLife(Duration.ofMinutes(-1)));
        late.say("{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"%s\"}"
                .formatted(house.tokenFor(bob)));
        String secret = personWhoConsents(bob, bob);

        assertRefusedAtEveryDoor(bob, secret, "Token has expired");
    }

    private void assertRefusedAtEveryDoor(LoginName bob, String secret, String logged) throws Exception {
        try (HeardLog log = new HeardLog()) {
            for (Protocol door : DOORS) {
                assertThat(answer(door, bob, secret)).isEqualTo(ASK_SOMEBODY.get(door));
            }

            // That it said why in a challenge, and then refused in words, shows that the challenge was answered.
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("upstream login failed"))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line)
                            .contains("failure=\"refused\"", "uthentication failed. {\"status\":\"", bob.value()));
        } finally {
            house.gives(GOOD);
        }
        await().untilAsserted(() -> assertThat(dovecot.log().lines())
                .filteredOn(line -> line.contains(bob.value()) && line.contains(logged))
                .hasSize(3));
    }

    private String personWhoConsents(LoginName person, LoginName signedInAs) throws Exception {
        String upstream = person.value().replaceFirst(".*@(.*)\\.example", "$1");
        server.consent(person, upstream, house.consentOf(signedInAs, "postern"));
        return server.newcomer(person).secret();
    }

    private String answer(Protocol door, LoginName name, String secret) throws Exception {
        return LoginAnswer.at(door, server, name.value(), secret);
    }
}
