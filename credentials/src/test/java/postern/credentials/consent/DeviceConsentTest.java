package postern.credentials.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.consent.SampleConsents.INFO;
import static postern.credentials.consent.SampleIdTokens.ISSUER;
import static postern.credentials.consent.SampleIdTokens.idToken;
import static postern.credentials.consent.SampleIdTokens.tokens;
import static postern.credentials.grant.SampleGrants.CONTOSO;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.consent.Beginning.NotPossible;
import postern.credentials.consent.ConsentOutcome.Kept;
import postern.credentials.consent.ConsentOutcome.NotKept;
import postern.credentials.consent.ConsentOutcome.Reason;
import postern.credentials.consent.DeviceBeginning.Code;
import postern.credentials.provider.FakeProvider;
import postern.credentials.provider.FakeProvider.Reply;
import postern.credentials.provider.ProviderClient;
import postern.credentials.provider.SampleProviders;

/** Ada types a code elsewhere, and we ask until she has: not too often, and not for ever. */
@Timeout(120)
class DeviceConsentTest {

    private static final String CODE = """
            {"device_code":"canary-device-code","user_code":"ABCD-EFGH","expires_in":900,"interval":5,
            "verification_uri":"https://login.example.net/device"}""";

    private static final Reply PENDING = Reply.error("authorization_pending", "AADSTS70016: not yet");

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final FakeProvider provider = FakeProvider.saying((exchange, form) -> {
        Reply next = replies.size() > 1 ? replies.poll() : replies.peek();
        next.to(exchange, form);
    });
    private final ProviderClient client = SampleProviders.withCodes(provider, ISSUER);
    private final SampleConsents sample = new SampleConsents(client);
    private final List<Duration> pauses = new ArrayList<>();

    DeviceConsentTest() throws Exception {
        provider.sayToDevices(CODE);
    }

    @AfterEach
    void close() {
        sample.close();
        client.close();
        provider.close();
    }

    @Test
    void adaTypesTheCodeAndWeAreLetIn() throws Exception {
        says(PENDING, PENDING, Reply.json(200, tokens(idToken(null, claims -> claims), "")));
        Code code = begin();

        assertThat(code.endsAt()).isEqualTo(MONDAY.plusSeconds(900));
        assertThat(code.question().userCode()).isEqualTo("ABCD-EFGH");
        assertThat(((Kept) await(code)).grant().owner()).isEqualTo(ADA);
        assertThat(pauses).containsExactly(seconds(5), seconds(5), seconds(5));
        assertThat(provider.requests().getFirst())
                .containsEntry("client_id", "postern")
                .containsEntry("scope", "imap offline_access openid email profile");
        assertThat(provider.requests().getLast())
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                .containsEntry("device_code", "canary-device-code");
        assertThat(code.toString()).doesNotContain("canary", "ABCD");
    }

    @Test
    void weAskMoreSlowlyWhenWeAreTold() throws Exception {
        says(
                Reply.error("slow_down", ""),
                Reply.error("slow_down", ""),
                PENDING,
                Reply.json(503, "{}"),
                Reply.error("access_denied", ""));

        assertThat(reason(await(begin()))).isEqualTo(Reason.DECLINED);
        assertThat(pauses).containsExactly(seconds(5), seconds(10), seconds(15), seconds(15), seconds(20));
    }

    @Test
    void aCodeThatNobodyTypesEnds() throws Exception {
        says(PENDING);

        NotKept outcome = (NotKept) await(begin());

        assertThat(outcome.why().cause()).isEqualTo("nobody typed the code in time");
        assertThat(pauses).hasSize(900 / 5);
    }

    /** Trap 42. */
    @Test
    void theConsentOfAnotherMailboxIsRefused() throws Exception {
        says(Reply.json(200, tokens(idToken(null, claims -> claims.claim("email", "grace@example.org")), "")));

        assertThat(reason(await(begin()))).isEqualTo(Reason.WRONG_MAILBOX);
        assertThat(sample.vault.of(ADA)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "authorization_declined, declined",
        "expired_token, declined",
        "invalid_grant, declined",
        "bad_verification_code, declined"
    })
    void whatTheProviderSaysEndsIt(String error, String reason) throws Exception {
        says(Reply.error(error, ""));

        assertThat(reason(await(begin()))).hasToString(reason);
        assertThat(pauses).hasSize(1);
    }

    @Test
    void aCodeIsBelievedToLiveNoLongerThanItCan() throws Exception {
        provider.sayToDevices(CODE.replace("900", "90000000").replace("\"interval\":5", "\"interval\":0"));
        says(PENDING);
        Code code = begin();

        assertThat(code.question().life()).isEqualTo(Duration.ofMinutes(30));
        assertThat(code.question().interval()).isEqualTo(seconds(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "<html>",
                "{\"device_code\":\"a\",\"user_code\":\"\\u001b[2J\",\"expires_in\":9,\"verification_uri\":\"https://a.example\"}",
                "{\"device_code\":\"a\",\"user_code\":\"B\",\"expires_in\":9,\"verification_uri\":\"http://a.example\"}",
                "{\"device_code\":\"a\",\"user_code\":\"B\",\"expires_in\":9,\"verification_uri\":\"javascript:alert(1)\"}"
            })
    void whatCannotBeTypedIsNoCode(String answer) throws Exception {
        provider.sayToDevices(answer);

        assertThat(sample.consents.beginByDevice(ADA, CONTOSO))
                .isInstanceOfSatisfying(
                        NotPossible.class, not -> assertThat(not.why()).contains("gives no code that could be typed"));
    }

    @Test
    void aProviderThatMakesNoneSaysWhy() throws Exception {
        provider.sayToDevices(Reply.error("unauthorized_client", "AADSTS7000218: no"));

        assertThat(sample.consents.beginByDevice(ADA, CONTOSO))
                .isInstanceOfSatisfying(
                        NotPossible.class, not -> assertThat(not.why()).contains("allow public client flows"));
        assertThat(sample.consents.beginByDevice(ADA, "nowhere")).isInstanceOf(NotPossible.class);
    }

    @Test
    void aMailboxThatIsSharedIsOpenedByWhoSharesIt() {
        assertThat(sample.consents.beginByDevice(INFO, CONTOSO))
                .isInstanceOfSatisfying(
                        Code.class, code -> assertThat(code.owner()).isEqualTo(ADA));
    }

    private Code begin() {
        return (Code) sample.consents.beginByDevice(ADA, CONTOSO);
    }

    private ConsentOutcome await(Code code) throws Exception {
        return sample.consents.await(code, ROOT.actor(), time -> {
            pauses.add(time);
            sample.clock.pass(time);
        });
    }

    private void says(Reply... all) {
        replies.addAll(List.of(all));
    }

    private static Duration seconds(int many) {
        return Duration.ofSeconds(many);
    }

    private static Reason reason(ConsentOutcome outcome) {
        assertThat(outcome).isInstanceOf(NotKept.class);
        return ((NotKept) outcome).reason();
    }
}
