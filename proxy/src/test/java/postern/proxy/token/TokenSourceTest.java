package postern.proxy.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.grant.SampleGrants.CANARY;
import static postern.credentials.grant.SampleGrants.OLD_KEY;
import static postern.credentials.grant.SampleGrants.clear;
import static postern.credentials.grant.SampleGrants.vaultIn;
import static postern.proxy.token.SampleTokens.INFO;
import static postern.proxy.token.SampleTokens.UPSTREAM;
import static postern.proxy.token.SampleTokens.oauth;
import static postern.proxy.token.SampleTokens.proof;
import static postern.proxy.token.SampleTokens.surroundings;
import static postern.proxy.token.SampleTokens.upstream;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import postern.config.OAuthSettings.Grant;
import postern.config.UpstreamLoginSettings.OAuth;
import postern.config.UpstreamSettings;
import postern.credentials.Change.GrantChanged;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.grant.GrantState;
import postern.credentials.grant.GrantVault;
import postern.credentials.provider.FakeProvider;
import postern.credentials.provider.FakeProvider.Reply;
import postern.credentials.provider.ProviderClient;
import postern.credentials.provider.RotatingTokens;
import postern.credentials.provider.SampleProviders;
import postern.credentials.store.Database;
import postern.credentials.store.SqliteDatabase;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamProof.Bearer;
import postern.proxy.upstream.UpstreamProof.Bearer.Mechanism;

/** Who was let in gets a token that is fresh enough, and the provider is asked no more often than that takes. */
class TokenSourceTest {

    private final Database database = SqliteDatabase.inMemory();
    private final GrantVault vault = vaultIn(database, InstantSource.system(), OLD_KEY);
    private final RotatingTokens rotating = new RotatingTokens(CANARY);
    private final FakeProvider provider = FakeProvider.saying(rotating);
    private final ProviderClient client = SampleProviders.client(provider.endpoint());
    private final UpstreamSettings upstream = upstream(oauth(Grant.CONSENT, provider.endpoint()));
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> counted = new CopyOnWriteArrayList<>();
    private final TokenSource source = SampleTokens.byConsent(
            upstream, client, vault, surroundings((kind, outcome, _) -> counted.add(kind + " " + outcome), nanos::get));

    TokenSourceTest() throws Exception {
        SampleTokens.adaGives(vault, upstream, CANARY);
    }

    @AfterEach
    void close() {
        client.close();
        provider.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void oneTokenServesEveryProtocol(Protocol protocol) throws Exception {
        assertThat(proof(source, ADA, protocol)).isEqualTo(new Bearer(Mechanism.XOAUTH2, ADA.value(), "access-1"));
        assertThat(proof(source, ADA, Protocol.IMAP)).isEqualTo(new Bearer(Mechanism.XOAUTH2, ADA.value(), "access-1"));
        assertThat(counted).containsExactly("REFRESH GIVEN");
    }

    /** Trap 43: the provider may forget the old one as soon as the new one is seen. */
    @Test
    void theRotatedRefreshTokenIsInTheVaultBeforeTheTokenIsUsed() throws Exception {
        token(Protocol.IMAP);

        assertThat(clear(vault.open(ADA, UPSTREAM).orElseThrow().secret())).isEqualTo(rotating.current());
        assertThat(vault.find(ADA, UPSTREAM)
                        .orElseThrow()
                        .daysLeft(InstantSource.system().instant()))
                .hasValueSatisfying(days -> assertThat(days).isBetween(89L, 90L));
    }

    @Test
    void theProviderKnowsBetterForHowLongAConsentLasts() throws Exception {
        provider.say("""
                {"token_type":"Bearer","access_token":"a","expires_in":3600,"refresh_token_expires_in":604800}""");
        token(Protocol.IMAP);

        assertThat(vault.find(ADA, UPSTREAM)
                        .orElseThrow()
                        .daysLeft(InstantSource.system().instant()))
                .hasValueSatisfying(days -> assertThat(days).isBetween(6L, 7L));
    }

    /** Trap 43. */
    @Test
    void twoHundredLoginsAtTheEndOfATokenAreOneRequest() throws Exception {
        token(Protocol.IMAP);
        pass(Duration.ofHours(1));

        assertThat(atOnce(200, () -> token(Protocol.IMAP))).containsOnly("access-2");
        assertThat(provider.requests()).hasSize(2);
    }

    @Test
    void aSessionBeginsWithAFreshTokenAndAMessageMayHaveAnOlderOne() throws Exception {
        token(Protocol.IMAP);

        pass(Duration.ofMinutes(20));
        assertThat(token(Protocol.SMTP)).isEqualTo("access-1");
        assertThat(token(Protocol.POP3)).isEqualTo("access-2");
        pass(Duration.ofMinutes(51));
        assertThat(token(Protocol.SMTP)).as("nine minutes left").isEqualTo("access-3");
    }

    @Test
    void aTokenIsRenewedBeforeSomebodyHasToWait() throws Exception {
        token(Protocol.IMAP);

        pass(Duration.ofMinutes(12));
        assertThat(token(Protocol.IMAP)).isEqualTo("access-1");
        await().untilAsserted(() -> assertThat(token(Protocol.IMAP)).isEqualTo("access-2"));
        assertThat(provider.requests()).hasSize(2);
    }

    @Test
    void aTokenThatNeverLivesLongIsGoodForMostOfItsLife() throws Exception {
        provider.say("{\"token_type\":\"Bearer\",\"access_token\":\"short\",\"expires_in\":30}");
        token(Protocol.IMAP);
        pass(Duration.ofSeconds(3));
        assertThat(token(Protocol.IMAP)).isEqualTo("short");
        assertThat(provider.requests()).hasSize(1);

        pass(Duration.ofSeconds(7));
        token(Protocol.IMAP);
        assertThat(provider.requests()).hasSize(2);
    }

    @Test
    void anOutageOfTheProviderIsFeltWhenTheTokenEnds() throws Exception {
        token(Protocol.IMAP);
        provider.say(Reply.json(503, "{}"));

        pass(Duration.ofMinutes(40));
        assertThat(token(Protocol.IMAP)).isEqualTo("access-1");
        pass(Duration.ofMinutes(20));
        assertFails(UpstreamFailure.NO_TOKEN, "it has trouble of its own", () -> token(Protocol.IMAP));
        assertThat(vault.find(ADA, UPSTREAM).orElseThrow().state()).isEqualTo(GrantState.FAILING);
    }

    /** No storm: while it is away it is asked now and then, by one. */
    @Test
    void aProviderThatIsAwayIsLeftAlone() throws Exception {
        provider.close();
        assertFails(UpstreamFailure.UNREACHABLE, "unreachable", () -> token(Protocol.IMAP));
        for (int i = 0; i < 50; i++) {
            assertFails(UpstreamFailure.NO_TOKEN, "it failed lately", () -> token(Protocol.IMAP));
        }
        assertThat(counted).containsExactly("REFRESH LATER");

        pass(Duration.ofMillis(1001));
        assertFails(UpstreamFailure.UNREACHABLE, "unreachable", () -> token(Protocol.IMAP));
        pass(Duration.ofMillis(1001));
        assertFails(UpstreamFailure.NO_TOKEN, "it failed lately", () -> token(Protocol.IMAP));
        assertThat(counted).hasSize(2);
    }

    @Test
    void aLostConsentIsAskedForOnceAndWorksAsSoonAsItIsGivenAgain() throws Exception {
        provider.say(Reply.error("invalid_grant", "AADSTS700082: expired, " + CANARY));

        for (int i = 0; i < 20; i++) {
            assertFails(UpstreamFailure.CONSENT_LOST, "AADSTS700082", () -> token(Protocol.IMAP));
        }
        assertThat(counted).containsExactly("REFRESH REFUSED");
        assertThat(vault.find(ADA, UPSTREAM).orElseThrow().state()).isEqualTo(GrantState.NEEDS_CONSENT);

        SampleTokens.adaGives(vault, upstream, "another");
        provider.say(new RotatingTokens("another"));
        assertThat(token(Protocol.IMAP)).isEqualTo("access-1");
    }

    @Test
    void aConsentThatIsTakenBackOpensNothingMore() throws Exception {
        token(Protocol.IMAP);

        vault.revoke(ADA, UPSTREAM, ROOT);
        source.heard(new GrantChanged(ADA));

        assertFails(UpstreamFailure.CONSENT_LOST, "revoked here", () -> token(Protocol.IMAP));
        assertThat(provider.requests()).hasSize(1);
    }

    /** Trap 7: nobody gets in by being the first to come. */
    @Test
    void whereThereIsNoConsentNobodyIsAsked() {
        assertFails(
                UpstreamFailure.CONSENT_LOST,
                "no consent of bob",
                () -> proof(source, new LoginName("bob@example.org"), Protocol.IMAP));
        assertThat(provider.requests()).isEmpty();
    }

    /** Trap 41. */
    @Test
    void whatWasGivenForOneHostIsShownToNoOther() throws Exception {
        UpstreamSettings moved = upstream("mail.evil.example", upstream.login());
        TokenSource there = SampleTokens.byConsent(moved, client, vault, surroundings(nanos::get));

        assertFails(UpstreamFailure.CONSENT_LOST, "it was given for", () -> proof(there, ADA, Protocol.IMAP));
        assertThat(provider.requests()).isEmpty();
        assertThat(vault.find(ADA, UPSTREAM).orElseThrow().state()).isEqualTo(GrantState.WORKING);
        assertThat(token(Protocol.IMAP)).as("and here it goes on").isEqualTo("access-1");
    }

    @Test
    void aSharedMailboxIsReadInItsOwnNameAndSentForInThatOfWhoSharesIt() throws Exception {
        assertThat(proof(source, INFO, Protocol.IMAP))
                .isEqualTo(new Bearer(Mechanism.XOAUTH2, INFO.value(), "access-1"));
        assertThat(proof(source, INFO, Protocol.POP3))
                .isEqualTo(new Bearer(Mechanism.XOAUTH2, INFO.value(), "access-1"));
        assertThat(proof(source, INFO, Protocol.SMTP))
                .isEqualTo(new Bearer(Mechanism.XOAUTH2, ADA.value(), "access-1"));
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void whatTheOperatorHasToMendCostsNobodyTheirConsent() throws Exception {
        provider.say(Reply.error("invalid_client", "AADSTS7000222: expired"));

        assertFails(UpstreamFailure.NO_TOKEN, "the client secret has expired", () -> token(Protocol.IMAP));
        assertThat(vault.find(ADA, UPSTREAM).orElseThrow().state()).isEqualTo(GrantState.FAILING);
    }

    @Test
    void aStoreThatIsAwayIsFeltOnlyByWhoNeedsIt() throws Exception {
        token(Protocol.IMAP);
        database.close();

        assertThat(token(Protocol.IMAP)).isEqualTo("access-1");
        pass(Duration.ofHours(1));
        assertFails(UpstreamFailure.NO_TOKEN, "the store is away", () -> token(Protocol.IMAP));
    }

    @Test
    void oneTokenOfOurOwnServesAllMailboxes() throws Exception {
        TokenSource own = TokenSource.asOurselves(
                upstream, ((OAuth) upstream.login()).settings(), client, surroundings(nanos::get));
        provider.say("{\"token_type\":\"Bearer\",\"access_token\":\"ours\",\"expires_in\":3600}");

        assertThat(proof(own, ADA, Protocol.IMAP)).isEqualTo(new Bearer(Mechanism.XOAUTH2, ADA.value(), "ours"));
        assertThat(proof(own, INFO, Protocol.SMTP)).isEqualTo(new Bearer(Mechanism.XOAUTH2, INFO.value(), "ours"));
        assertThat(provider.requests()).hasSize(1);
    }

    private void assertFails(UpstreamFailure failure, String seen, ThrowingCallable login) {
        assertThatThrownBy(login)
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.failure()).isEqualTo(failure))
                .hasMessageContaining(seen)
                .hasMessageContaining("(look at: ")
                .hasMessageNotContainingAny(CANARY, "access-1", SampleProviders.CLIENT_SECRET);
    }

    private String token(Protocol protocol) throws UpstreamException {
        return ((Bearer) proof(source, ADA, protocol)).token();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static List<String> atOnce(int times, Callable<String> login) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> all = new ArrayList<>();
            for (Future<String> one : threads.invokeAll(Collections.nCopies(times, login))) {
                all.add(one.get());
            }
            return all;
        }
    }
}
