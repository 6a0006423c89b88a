package postern.credentials.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.grant.SampleGrants.CANARY;
import static postern.credentials.grant.SampleGrants.clear;
import static postern.credentials.grant.SampleGrants.secret;
import static postern.credentials.provider.SampleProviders.CLIENT_SECRET;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.provider.FakeProvider.Reply;
import postern.credentials.provider.TokenAnswer.Given;
import postern.credentials.provider.TokenAnswer.Later;
import postern.credentials.provider.TokenAnswer.Misconfigured;
import postern.credentials.provider.TokenAnswer.Refused;

/** Whatever an endpoint says or does comes to one of four answers, and none of them tells a secret. */
@Timeout(120)
class ProviderClientTest {

    private static final String TOKEN = """
            {"token_type":"Bearer","access_token":"ya29.a","expires_in":3599,"refresh_token":"next"}""";

    private final FakeProvider provider;
    private final ProviderClient client;

    ProviderClientTest() throws Exception {
        this.provider = FakeProvider.saying(TOKEN);
        this.client = SampleProviders.client(provider.endpoint());
    }

    @AfterEach
    void close() {
        client.close();
        provider.close();
    }

    @Test
    void aRefreshSaysWhoAsksForWhatAndGivesTheNextRefreshToken() {
        Given given = (Given) refresh();

        assertThat(given.token().text()).isEqualTo("ya29.a");
        assertThat(given.token().life()).isEqualTo(Duration.ofSeconds(3599));
        assertThat(given.refreshToken())
                .hasValueSatisfying(next -> assertThat(clear(next)).isEqualTo("next"));
        assertThat(provider.requests())
                .singleElement()
                .satisfies(form -> assertThat(form)
                        .containsEntry("grant_type", "refresh_token")
                        .containsEntry("refresh_token", CANARY)
                        .containsEntry("client_id", "postern")
                        .containsEntry("client_secret", CLIENT_SECRET)
                        .containsEntry("scope", "imap offline_access"));
        assertThat(given.toString()).doesNotContain("ya29.a", "next");
    }

    @ParameterizedTest
    @CsvSource({"'\"3599\"', 3599", "86400000, 86400", "0, 300"})
    void aLifeMayBeTextAndIsNeverBelievedToBeEndless(String said, long seconds) {
        provider.say("""
                {"token_type":"Bearer","access_token":"a","expires_in":%s}""".formatted(said));

        assertThat(((Given) refresh()).token().life()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aLifeThatIsNotSaidIsShortAndTheRefreshTokenStays() {
        provider.say("{\"token_type\":\"bearer\",\"access_token\":\"a\"}");

        Given given = (Given) refresh();

        assertThat(given.token().life()).isEqualTo(Duration.ofMinutes(5));
        assertThat(given.refreshToken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"700082", "50173", "65001", "70043", "50076", "53003"})
    void aConsentIsLostForAReasonThatIsTold(String number) {
        provider.say(Reply.error("invalid_grant", "AADSTS" + number + ": Trace ID: 1 " + CANARY));

        Refused refused = (Refused) refresh();

        assertThat(refused.why().code()).isEqualTo("invalid_grant AADSTS" + number);
        assertThat(refused.why().cause()).isNotEqualTo(ProviderCode.INVALID_GRANT.cause());
        assertThat(refused.why().cure()).isNotEmpty();
        assertThat(refused.why().words()).contains("Trace ID: 1 ***");
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_client, AADSTS7000215: Invalid client secret, the client secret is wrong",
        "invalid_client, AADSTS7000222: expired, the client secret has expired",
        "unauthorized_client, AADSTS700016: not found, this app is not in the tenant",
        "invalid_client, whatever, it does not know us by what we show",
        "something_new, whatever, it does not take what we ask"
    })
    void whatTheOperatorHasToMendIsNobodysConsent(String error, String description, String cause) {
        provider.say(Reply.error(error, description));

        assertThat(refresh())
                .isInstanceOfSatisfying(
                        Misconfigured.class,
                        answer -> assertThat(answer.why().cause()).isEqualTo(cause));
    }

    @Test
    void whatIsSentIsStruckFromWhatItSays() {
        provider.say(Reply.error("invalid_client", "bad secret " + CLIENT_SECRET + " beside " + CANARY));

        assertThat(refresh().toString()).contains("bad secret *** beside ***");
    }

    @Test
    void itIsLeftAloneForAsLongAsItSays() {
        provider.say(Reply.json(429, "{}", "Retry-After", "17"));

        assertThat(((Later) refresh()).after()).contains(Duration.ofSeconds(17));

        provider.say(Reply.json(503, "", "Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT"));
        assertThat(((Later) refresh()).after()).contains(Duration.ofHours(1));

        provider.say(Reply.json(429, "{}", "Retry-After", "soon"));
        assertThat(((Later) refresh()).after()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408})
    void itsOwnTroubleIsNobodysFault(int status) {
        provider.say(Reply.json(status, "<html>"));

        assertThat(refresh())
                .isInstanceOfSatisfying(
                        Later.class, later -> assertThat(later.answered()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>log in to the hotel</html>",
                "{}",
                "[]",
                "{\"token_type\":\"Bearer\",\"access_token\":\"a b\"}",
                "{\"token_type\":\"Bearer\",\"access_token\":\"a\\r\\nA1 LOGOUT\"}"
            })
    void whatIsNoTokenIsNone(String body) {
        provider.say(body);

        assertThat(refresh()).isInstanceOf(Later.class);
    }

    @Test
    void noSecretFollowsARedirect() throws Exception {
        try (FakeProvider elsewhere = FakeProvider.saying(TOKEN)) {
            provider.say(Reply.json(307, "", "Location", elsewhere.endpoint().toString()));

            assertThat(refresh()).isInstanceOf(Misconfigured.class);
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void anAnswerWithoutAnEndIsCut() {
        provider.say((exchange, _) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[64 * 1024];
            for (int i = 0; i < 100_000; i++) {
                exchange.getResponseBody().write(block);
            }
        });

        assertThat(refresh())
                .isInstanceOfSatisfying(
                        Later.class, later -> assertThat(later.answered()).isFalse());
    }

    @Test
    void anEndpointThatHangsOrHangsUpIsUnreachable() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ProviderClient hasty =
                SampleProviders.client(provider.endpoint(), new ClientProof.Nothing(), Duration.ofSeconds(1))) {
            provider.say((exchange, _) -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                awaitEnd(end);
            });
            assertThat(hasty.refresh(secret(CANARY)))
                    .isInstanceOfSatisfying(
                            Later.class, later -> assertThat(later.answered()).isFalse());
        } finally {
            end.countDown();
        }
        provider.say((exchange, _) -> exchange.close());
        assertThat(refresh())
                .isInstanceOfSatisfying(
                        Later.class, later -> assertThat(later.answered()).isFalse());

        provider.close();
        assertThat(refresh())
                .isInstanceOfSatisfying(
                        Later.class, later -> assertThat(later.answered()).isFalse());
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void withoutAConsentNobodyHasToGiveItAgain() {
        provider.say(Reply.error("invalid_grant", "Invalid email or User ID"));

        assertThat(client.asOurselves()).isInstanceOf(Misconfigured.class);
    }

    @Test
    void whoHasNoSecretSaysOnlyWhoItIs() {
        try (ProviderClient open =
                SampleProviders.client(provider.endpoint(), new ClientProof.Nothing(), SampleProviders.TIMEOUT)) {
            open.refresh(secret(CANARY));
        }
        assertThat(provider.requests())
                .singleElement()
                .satisfies(form -> assertThat(form)
                        .containsEntry("client_id", "postern")
                        .doesNotContainKeys("client_secret", "client_assertion"));
    }

    private TokenAnswer refresh() {
        return client.refresh(secret(CANARY));
    }
}
