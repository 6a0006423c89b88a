package postern.credentials.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.consent.SampleConsents.ELSEWHERE;
import static postern.credentials.consent.SampleConsents.GRACE;
import static postern.credentials.consent.SampleConsents.INFO;
import static postern.credentials.consent.SampleConsents.LASTS;
import static postern.credentials.consent.SampleConsents.LINK_LASTS;
import static postern.credentials.consent.SampleConsents.REQUEST;
import static postern.credentials.consent.SampleConsents.back;
import static postern.credentials.consent.SampleConsents.query;
import static postern.credentials.consent.SampleConsents.refused;
import static postern.credentials.consent.SampleConsents.said;
import static postern.credentials.consent.SampleConsents.visit;
import static postern.credentials.consent.SampleConsents.with;
import static postern.credentials.grant.SampleGrants.CONTOSO;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.credentials.LoginName;
import postern.credentials.audit.AuditEntry;
import postern.credentials.consent.Beginning.Link;
import postern.credentials.consent.Beginning.NotPossible;
import postern.credentials.consent.ConsentOutcome.Kept;
import postern.credentials.consent.ConsentOutcome.NotKept;
import postern.credentials.consent.ConsentOutcome.Reason;
import postern.credentials.grant.Grant;
import postern.credentials.grant.OpenGrant;
import postern.credentials.provider.ProviderClient;
import postern.credentials.provider.SampleProviders;
import postern.credentials.provider.TokenAnswer.Given;

/** Whoever comes back, and with whatever: only Ada's own consent lets us into her mailbox, and once for a link. */
@Timeout(120)
class ConsentsTest {

    private final MockOAuth2Server provider = new MockOAuth2Server();
    private final ProviderClient client;
    private final SampleConsents sample;
    private final Consents consents;

    ConsentsTest() {
        provider.start();
        this.client = SampleProviders.signingIn(
                provider.tokenEndpointUrl("tenant").uri(),
                provider.authorizationEndpointUrl("tenant").uri(),
                provider.issuerUrl("tenant").toString(),
                SampleProviders.TIMEOUT);
        this.sample = new SampleConsents(client);
        this.consents = sample.consents;
    }

    @AfterEach
    void close() {
        sample.close();
        client.close();
        provider.shutdown();
    }

    @Test
    void adaLetsUsIn() throws Exception {
        signsIn(Map.of("email", "Ada@Example.org", "email_verified", true));
        Link link = begin(ADA);

        Kept kept = (Kept) consents.finish(CONTOSO, visit(link.page()), REQUEST);

        assertThat(kept.grant().owner()).isEqualTo(ADA);
        assertThat(kept.grant().expiresAt()).contains(MONDAY.plus(LASTS));
        try (OpenGrant open = sample.vault.open(ADA, CONTOSO).orElseThrow()) {
            assertThat(client.refresh(open.secret())).isInstanceOf(Given.class);
        }
        assertThat(sample.events()).extracting(AuditEntry::kind).endsWith("grant.consent_begun", "grant.created");
    }

    @Test
    void thePageIsAskedAsTheProtocolWantsIt() throws Exception {
        Link link = begin(ADA);

        assertThat(link.endsAt()).isEqualTo(MONDAY.plus(LINK_LASTS));
        assertThat(query(link.page()))
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "postern")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("redirect_uri", "https://mail.example.net/consent/contoso")
                .containsEntry("scope", "imap offline_access openid email profile")
                .containsEntry("login_hint", "ada@example.org")
                .containsEntry("access_type", "offline")
                .containsKeys("code_challenge", "nonce", "state");
        assertThat(link.toString()).doesNotContain(said(link.page(), "state"));
    }

    @Test
    void aLinkIsGoodOnce() throws Exception {
        signsIn(Map.of("email", "ada@example.org"));
        ComingBack back = visit(begin(ADA).page());
        Grant kept = ((Kept) consents.finish(CONTOSO, back, REQUEST)).grant();

        assertThat(reason(consents.finish(CONTOSO, back, REQUEST))).isEqualTo(Reason.NOT_ASKED);
        assertThat(sample.vault.of(ADA)).containsExactly(kept);
    }

    @Test
    void aStateOfSomebodyElsesMakingIsNone() throws Exception {
        begin(ADA);

        for (String state : List.of("x".repeat(43), "", "x".repeat(44), "' OR 1=1 --", "x".repeat(5000))) {
            assertThat(reason(consents.finish(CONTOSO, back(state, "code"), REQUEST)))
                    .isEqualTo(Reason.NOT_ASKED);
        }
    }

    @Test
    void aLinkEndsByItselfOrByTheNextOne() throws Exception {
        ComingBack first = visit(begin(ADA).page());
        ComingBack second = visit(begin(ADA).page());
        assertThat(reason(consents.finish(CONTOSO, first, REQUEST))).isEqualTo(Reason.NOT_ASKED);

        sample.clock.pass(LINK_LASTS);
        assertThat(reason(consents.finish(CONTOSO, second, REQUEST))).isEqualTo(Reason.NOT_ASKED);
    }

    /** Trap 42. */
    @ParameterizedTest
    @CsvSource({"email, grace@example.org", "preferred_username, ada@example.com", "sub, ada@example.org", "upn, ''"})
    void theConsentOfAnotherMailboxIsRefused(String claim, String name) throws Exception {
        signsIn(Map.of(claim, name));

        ConsentOutcome outcome = consents.finish(CONTOSO, visit(begin(ADA).page()), REQUEST);

        assertThat(reason(outcome)).isIn(Reason.WRONG_MAILBOX, Reason.UNPROVEN);
        assertThat(sample.vault.of(ADA)).isEmpty();
        assertThat(sample.vault.of(GRACE)).isEmpty();
        assertThat(sample.events().getLast().kind()).isEqualTo("grant.consent_refused");
    }

    @Test
    void whoSignedInInsteadIsSaidInWords() throws Exception {
        signsIn(Map.of("email", "grace@example.org"));

        NotKept outcome = (NotKept) consents.finish(CONTOSO, visit(begin(ADA).page()), REQUEST);

        assertThat(outcome.why().cause())
                .isEqualTo("it is the consent of grace@example.org, and that of ada@example.org was asked for");
        assertThat(outcome.why().cure()).contains("sign out at the provider");
    }

    @Test
    void anAddressThatNobodyHasVerifiedIsNobodys() throws Exception {
        signsIn(Map.of("email", "ada@example.org", "email_verified", false));

        assertThat(reason(consents.finish(CONTOSO, visit(begin(ADA).page()), REQUEST)))
                .isEqualTo(Reason.UNPROVEN);
    }

    @Test
    void aMailboxThatIsSharedIsOpenedByWhoSharesIt() throws Exception {
        signsIn(Map.of("preferred_username", "ada@example.org"));

        Kept kept = (Kept) consents.finish(CONTOSO, visit(begin(INFO).page()), REQUEST);

        assertThat(kept.grant().owner()).isEqualTo(ADA);
    }

    @Test
    void whoSignsInByAnotherNameIsListed() throws Exception {
        signsIn(Map.of("upn", ELSEWHERE.value()));
        Link link = begin(GRACE);

        assertThat(query(link.page())).containsEntry("login_hint", ELSEWHERE.value());
        assertThat(consents.finish(CONTOSO, visit(link.page()), REQUEST)).isInstanceOf(Kept.class);
    }

    @Test
    void whatOneProviderGivesIsNotShownToAnother() throws Exception {
        signsIn(Map.of("email", "ada@example.org"));

        assertThat(reason(consents.finish("fabrikam", visit(begin(ADA).page()), REQUEST)))
                .isEqualTo(Reason.MIXED_UP);
        assertThat(reason(consents.finish(CONTOSO, with(visit(begin(ADA).page()), "https://evil.example"), REQUEST)))
                .isEqualTo(Reason.MIXED_UP);
        assertThat(consents.finish(
                        CONTOSO,
                        with(
                                visit(begin(ADA).page()),
                                provider.issuerUrl("tenant").toString()),
                        REQUEST))
                .isInstanceOf(Kept.class);
    }

    @Test
    void aCodeThatWasGivenToAnotherIsWorthNothing() throws Exception {
        signsIn(Map.of("email", "ada@example.org"));
        String stolen = visit(begin(GRACE).page()).code().orElseThrow();
        String state = said(begin(ADA).page(), "state");

        assertThat(reason(consents.finish(CONTOSO, back(state, stolen), REQUEST)))
                .isEqualTo(Reason.DECLINED);
        assertThat(sample.vault.of(ADA)).isEmpty();
    }

    /** This provider fails over it; what protects us from one that does not is the nonce. */
    @Test
    void aCodeWithoutPkceIsOfAnotherQuestion() throws Exception {
        signsIn(Map.of("email", "ada@example.org"));
        URI page = begin(ADA).page();
        URI without = URI.create(page.toString()
                .replaceAll("&code_challenge(_method)?=[^&]*", "")
                .replaceAll("([?&])code_challenge(_method)?=[^&]*&", "$1")
                .replaceFirst("nonce=[^&]*", "nonce=another"));
        assertThat(query(without)).doesNotContainKeys("code_challenge", "code_challenge_method");

        assertThat(consents.finish(CONTOSO, visit(without), REQUEST)).isInstanceOf(NotKept.class);
        assertThat(sample.vault.of(ADA)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access_denied | AADSTS65004: User declined | access_denied AADSTS65004 | the consent was declined",
                "consent_required | AADSTS90094: Grant requires admin | consent_required AADSTS90094"
                        + " | only an administrator may consent to what this app asks for",
                "access_denied | | access_denied | the consent was declined",
                "<script> | <b> | <script> | it does not take what we ask"
            })
    void whatTheProviderSaysIsSaidInWords(String error, String description, String code, String cause)
            throws Exception {
        String state = said(begin(ADA).page(), "state");

        NotKept outcome = (NotKept) consents.finish(
                CONTOSO, refused(state, error, Optional.ofNullable(description).orElse("")), REQUEST);

        assertThat(outcome.reason()).isEqualTo(Reason.DECLINED);
        assertThat(outcome.why().code()).isEqualTo(code);
        assertThat(outcome.why().cause()).isEqualTo(cause);
        assertThat(outcome.why().cure()).isNotEmpty();
        assertThat(reason(consents.finish(CONTOSO, back(state, "code"), REQUEST)))
                .as("and that was the end of it")
                .isEqualTo(Reason.NOT_ASKED);
    }

    @Test
    void nobodyIsAskedWhereNobodyLetsUsIn() throws Exception {
        assertThat(consents.begin(ADA, "nowhere", ROOT))
                .isEqualTo(new NotPossible(
                        "upstream: another (expected: one that people let us into: contoso, fabrikam)"));
    }

    private void signsIn(Map<String, Object> claims) {
        for (int i = 0; i < 3; i++) {
            provider.enqueueCallback(
                    new DefaultOAuth2TokenCallback("tenant", "1234567", "JWT", List.of("mail"), claims));
        }
    }

    private Link begin(LoginName mailbox) throws Exception {
        return (Link) consents.begin(mailbox, CONTOSO, ROOT);
    }

    private static Reason reason(ConsentOutcome outcome) {
        assertThat(outcome).isInstanceOf(NotKept.class);
        return ((NotKept) outcome).reason();
    }
}
