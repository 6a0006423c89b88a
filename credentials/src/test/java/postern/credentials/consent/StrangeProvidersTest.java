package postern.credentials.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.consent.SampleConsents.REQUEST;
import static postern.credentials.consent.SampleConsents.back;
import static postern.credentials.consent.SampleConsents.said;
import static postern.credentials.consent.SampleIdTokens.ISSUER;
import static postern.credentials.consent.SampleIdTokens.now;
import static postern.credentials.consent.SampleIdTokens.tokens;
import static postern.credentials.grant.SampleGrants.CONTOSO;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import postern.credentials.consent.Beginning.Link;
import postern.credentials.consent.ConsentOutcome.Kept;
import postern.credentials.consent.ConsentOutcome.NotKept;
import postern.credentials.consent.ConsentOutcome.Reason;
import postern.credentials.provider.FakeProvider;
import postern.credentials.provider.FakeProvider.Reply;
import postern.credentials.provider.ProviderClient;
import postern.credentials.provider.SampleProviders;

/** What a real provider cannot be made to say for a code. Whatever it is, nothing is kept of it. */
@Timeout(120)
class StrangeProvidersTest {

    private static final String CODE = "canary-code-of-ada";

    private final FakeProvider provider = FakeProvider.saying("{}");
    private final ProviderClient client = SampleProviders.signingIn(
            provider.endpoint(), URI.create("https://login.example.net/page"), ISSUER, Duration.ofSeconds(2));
    private final SampleConsents sample = new SampleConsents(client);
    private final URI question;

    StrangeProvidersTest() throws Exception {
        this.question = begin();
    }

    @AfterEach
    void close() {
        sample.close();
        client.close();
        provider.close();
    }

    @Test
    void theOneThatWasAskedIsBelieved() throws Exception {
        provider.say(tokens(idToken(claims -> claims), ",\"refresh_token_expires_in\": 604800"));

        Kept kept = (Kept) finish();

        assertThat(kept.grant().expiresAt())
                .as("it knows better than the configuration")
                .contains(sample.clock.instant().plus(Duration.ofDays(7)));
        assertThat(provider.requests())
                .singleElement()
                .satisfies(form -> assertThat(form)
                        .containsEntry("grant_type", "authorization_code")
                        .containsEntry("code", CODE)
                        .as("of fewer scopes than were asked for, Microsoft says of nobody who it was")
                        .doesNotContainKey("scope")
                        .containsEntry("redirect_uri", "https://mail.example.net/consent/contoso")
                        .containsKey("code_verifier"));
    }

    @Test
    void whatIsSaidToAnotherOrAtAnotherTimeIsNotSaidToUs() throws Exception {
        isNotBelieved(claims -> claims.issuer("https://evil.example"));
        isNotBelieved(claims -> claims.audience("another-app"));
        isNotBelieved(claims -> claims.claim("nonce", "another"));
        isNotBelieved(claims -> claims.claim("nonce", null));
        isNotBelieved(claims -> claims.expirationTime(Date.from(now().minusSeconds(600))));
        isNotBelieved(claims -> claims.claim("email", null));
        isNotBelieved(claims -> claims.claim("email", 7));
        isNotBelieved(claims -> claims.claim("email", "ada@example.org\r\nBcc: all"));
    }

    @Test
    void whatCannotBeReadIsNotQuoted() throws Exception {
        provider.say(tokens("canary.canary", ""));

        assertThat(finish()).satisfies(outcome -> assertThat(outcome.toString()).doesNotContain("canary"));
    }

    @Test
    void nothingIsKeptThatDoesNotLast() throws Exception {
        provider.say("""
                {"token_type":"Bearer","access_token":"a","expires_in":3600,"id_token":"%s"}""".formatted(idToken(claims -> claims)));

        NotKept outcome = (NotKept) finish();

        assertThat(outcome.reason()).isEqualTo(Reason.DOES_NOT_LAST);
        assertThat(outcome.why().cure()).contains("offline_access", "access_type");
    }

    @Test
    void withoutAWordOnWhoItWasItIsNobody() throws Exception {
        provider.say("""
                {"token_type":"Bearer","access_token":"a","expires_in":3600,"refresh_token":"r"}""");

        assertThat(reason()).isEqualTo(Reason.UNPROVEN);
    }

    @Test
    void anAnswerWithoutAnEndIsCut() throws Exception {
        provider.say(Reply.json(200, "{\"id_token\":\"" + "a".repeat(1_000_000) + "\"}"));

        assertThat(reason()).isEqualTo(Reason.NO_ANSWER);
    }

    @Test
    void aProviderThatHangsIsNotWaitedForLong() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        provider.say((exchange, _) -> {
            try {
                end.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            assertThat(reason()).isEqualTo(Reason.NO_ANSWER);
        } finally {
            end.countDown();
        }
    }

    @Test
    void whatItSaysOfACodeIsSaidInWordsWithoutTheCode() throws Exception {
        provider.say(Reply.error("invalid_grant", "AADSTS501481: no proof of " + CODE));

        NotKept outcome = (NotKept) finish();

        assertThat(outcome.reason()).isEqualTo(Reason.DECLINED);
        assertThat(outcome.why().cause()).isEqualTo("the code was given to somebody else");
        assertThat(outcome.toString()).doesNotContain(CODE);
    }

    @Test
    void noCodeOrHalfABookIsNone() throws Exception {
        assertThat(((NotKept) sample.consents.finish(CONTOSO, back(state(), "x".repeat(7000)), REQUEST)).reason())
                .isEqualTo(Reason.DECLINED);
        assertThat(provider.requests()).isEmpty();
    }

    private void isNotBelieved(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        URI again = begin();
        provider.say(tokens(SampleIdTokens.idToken(said(again, "nonce"), change), ""));

        ConsentOutcome outcome = sample.consents.finish(CONTOSO, back(said(again, "state"), CODE), REQUEST);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        NotKept.class, not -> assertThat(not.reason()).isEqualTo(Reason.UNPROVEN));
        assertThat(sample.vault.of(ADA)).isEmpty();
    }

    private String idToken(UnaryOperator<JWTClaimsSet.Builder> change) {
        return SampleIdTokens.idToken(said(question, "nonce"), change);
    }

    private URI begin() throws Exception {
        return ((Link) sample.consents.begin(ADA, CONTOSO, ROOT)).page();
    }

    private Reason reason() throws Exception {
        return ((NotKept) finish()).reason();
    }

    private ConsentOutcome finish() throws Exception {
        return sample.consents.finish(CONTOSO, back(state(), CODE), REQUEST);
    }

    private String state() {
        return said(question, "state");
    }
}
