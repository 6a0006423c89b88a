package postern.credentials.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.LOOKUP_KEYS;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.POLICY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.hashOf;
import static postern.credentials.SampleLogins.hashingPool;
import static postern.credentials.SampleLogins.tagOf;
import static postern.credentials.SampleLogins.typed;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import postern.credentials.Account;
import postern.credentials.Account.Holder.Person;
import postern.credentials.AppPassword;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.Policy.AppPasswords;
import postern.credentials.Policy.Issuer;
import postern.credentials.PolicyRules;
import postern.credentials.PolicySubject;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.SourceNetwork;
import postern.credentials.hash.HashingPool;
import postern.credentials.issue.Issue.LimitReached;
import postern.credentials.issue.Issue.Made;
import postern.credentials.issue.Issue.NoSuchAccount;
import postern.credentials.issue.Issue.Refused;
import postern.credentials.issue.Issue.Why;

class AppPasswordIssuerTest {

    private static final By HERSELF = By.person(ADA, MONDAY);
    private static final Order LAPTOP = Order.of(ADA, "Laptop");

    private final SampleStore store = SampleStore.with();
    private final HashingPool hashing = hashingPool();
    private final AppPasswordIssuer issuer = new AppPasswordIssuer(
            store.credentials(),
            POLICY,
            LOOKUP_KEYS,
            CHEAP_HASHER,
            hashing,
            new SecureRandom(),
            InstantSource.fixed(MONDAY));

    @AfterEach
    void close() {
        hashing.close();
        store.close();
    }

    @Test
    void showsASecretThatFindsAndProvesItsAppPassword() throws Exception {
        Made made = (Made) issuer.issue(LAPTOP, HERSELF);

        AppPassword kept = store.credentials().of(ADA).getFirst();
        assertThat(kept).isEqualTo(made.appPassword());
        assertThat(tagOf(kept)).isEqualTo(LOOKUP_KEYS.tag(ADA, typed(made.secret())));
        assertThat(CHEAP_HASHER.proves(typed(made.secret()).letters(), ADA, kept.id(), hashOf(kept)))
                .isTrue();
    }

    @Test
    void printsNoSecret() throws Exception {
        Made made = (Made) issuer.issue(LAPTOP, HERSELF);

        assertThat(made.toString()).doesNotContain(made.secret()).contains("***");
    }

    /** S-06 */
    @Test
    void wantsANameAndALifetimeAhead() throws Exception {
        assertThatThrownBy(() -> issuer.issue(Order.of(ADA, " "), ROOT))
                .hasMessage("name: 0 characters (expected: 1 to 60)");
        assertThatThrownBy(() -> issuer.issue(LAPTOP.withExpiresAt(Optional.of(MONDAY)), ROOT))
                .hasMessageStartingWith("expires_at: ");
        assertThat(store.credentials().of(ADA)).isEmpty();
    }

    @Test
    void makesNoneForAStranger() throws Exception {
        LoginName stranger = new LoginName("nobody@example.org");

        assertThat(issuer.issue(Order.of(stranger, "Laptop"), ROOT)).isEqualTo(new NoSuchAccount(stranger));
    }

    @Test
    void makesItForWhomTheAliasLeadsTo() throws Exception {
        LoginName alias = new LoginName("a.lovelace@example.org");
        store.accounts().addAlias(ADA, alias, ROOT);

        Made made = (Made) issuer.issue(Order.of(alias, "Laptop"), ROOT);

        assertThat(made.appPassword().owner()).isEqualTo(ADA);
    }

    @Nested
    class AsPolicySays {

        @Test
        void soManyAndNoMore() throws Exception {
            policy(with(OptionalInt.of(2), OptionalInt.empty(), Optional.empty(), Optional.empty()));
            issuer.issue(LAPTOP, HERSELF);
            issuer.issue(Order.of(ADA, "Phone"), HERSELF);

            assertThat(issuer.issue(Order.of(ADA, "Scanner"), HERSELF)).isEqualTo(new LimitReached(2));
        }

        @Test
        void asLongASecret() throws Exception {
            policy(with(OptionalInt.empty(), OptionalInt.of(28), Optional.empty(), Optional.empty()));

            Made made = (Made) issuer.issue(LAPTOP, HERSELF);

            assertThat(made.secret()).matches("([a-z]{4}-){6}[a-z]{4}");
            assertThat(typed(made.secret()).isWellFormed()).isTrue();
        }

        /** S-15, C8 */
        @Test
        void noNewOnesButTheOldOnesStay() throws Exception {
            issuer.issue(LAPTOP, HERSELF);
            policy(PolicyRules.SILENT.withAppPasswords(AppPasswords.NO_NEW));

            assertThat(issuer.issue(LAPTOP, HERSELF)).isEqualTo(new Refused(Why.NONE_ALLOWED));
            assertThat(issuer.issue(LAPTOP, ROOT)).isEqualTo(new Refused(Why.NONE_ALLOWED));
            assertThat(store.credentials().of(ADA)).hasSize(1);
            assertThat(store.credentials()
                            .revoke(ADA, store.credentials().of(ADA).getFirst().id(), HERSELF))
                    .isTrue();
        }

        /** S-16 */
        @Test
        void noneWithoutASecondStep() throws Exception {
            policy(new PolicyRules(
                    Optional.empty(),
                    Optional.of(true),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));

            assertThat(issuer.issue(LAPTOP, HERSELF)).isEqualTo(new Refused(Why.SECOND_STEP_MISSING));
            store.accounts().revise(ADA, one -> one.withHolder(new Person(true)), ROOT);
            assertThat(issuer.issue(LAPTOP, HERSELF)).isInstanceOf(Made.class);
        }

        @Test
        void byThoseWhoMay() throws Exception {
            issuers(Set.of(Issuer.PERSON));
            assertThat(issuer.issue(LAPTOP, ROOT)).isEqualTo(new Refused(Why.OTHERS_ISSUE));
            assertThat(issuer.issue(LAPTOP, HERSELF)).isInstanceOf(Made.class);

            issuers(Set.of(Issuer.ADMINISTRATOR));
            assertThat(issuer.issue(LAPTOP, HERSELF)).isEqualTo(new Refused(Why.OTHERS_ISSUE));
            assertThat(issuer.issue(LAPTOP, ROOT)).isInstanceOf(Made.class);
        }

        /** P-01 */
        @Test
        void forTheProtocolsThatAreAllowed() throws Exception {
            policy(with(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.of(Set.of(Protocol.IMAP, Protocol.SMTP)),
                    Optional.empty()));

            Made made = (Made) issuer.issue(LAPTOP, HERSELF);
            assertThat(made.appPassword().scope().protocols()).containsExactlyInAnyOrder(Protocol.IMAP, Protocol.SMTP);
            assertThatThrownBy(() -> issuer.issue(LAPTOP.withProtocols(Set.of(Protocol.POP3)), HERSELF))
                    .hasMessage("protocols: pop3 (expected: some of imap, smtp)");
        }

        @Test
        void notForLongerThanItAllows() throws Exception {
            policy(with(OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.of(Duration.ofDays(90))));

            Made made = (Made) issuer.issue(LAPTOP, HERSELF);
            assertThat(made.appPassword().scope().expiresAt()).contains(MONDAY.plus(Duration.ofDays(90)));
            assertThatThrownBy(() ->
                            issuer.issue(LAPTOP.withExpiresAt(Optional.of(MONDAY.plus(Duration.ofDays(91)))), HERSELF))
                    .hasMessage("expires_at: 2026-04-06T09:00:00Z (expected: 2026-04-05T09:00:00Z at the latest)");
        }

        @Test
        void noneForADisabledAccount() throws Exception {
            store.accounts().revise(ADA, one -> one.withEnabled(false), ROOT);

            assertThat(issuer.issue(LAPTOP, HERSELF)).isEqualTo(new Refused(Why.ACCOUNT_DISABLED));
        }
    }

    /** P-07 */
    @Nested
    class ForADevice {

        private static final LoginName SCANNER = new LoginName("scanner@example.org");
        private static final Order ORDER =
                Order.of(SCANNER, "2nd floor").withNetworks(List.of(SourceNetwork.parse("192.0.2.0/24")));

        ForADevice() throws Exception {
            store.accounts().add(Account.device(SCANNER, "Facility management", MONDAY), ROOT);
        }

        @Test
        void onlyToSendUnlessSomethingElseIsSaid() throws Exception {
            Made made = (Made) issuer.issue(ORDER, ROOT);

            assertThat(made.appPassword().scope().protocols()).containsExactly(Protocol.SMTP);
        }

        @Test
        void onlyFromKnownNetworks() {
            assertThatThrownBy(() -> issuer.issue(Order.of(SCANNER, "2nd floor"), ROOT))
                    .hasMessage("networks: none (expected: those that the device is in)");
        }

        @Test
        void onlyByAnAdministrator() throws Exception {
            assertThat(issuer.issue(ORDER, HERSELF)).isEqualTo(new Refused(Why.OTHERS_ISSUE));
        }
    }

    private void issuers(Set<Issuer> issuers) throws Exception {
        policy(new PolicyRules(
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(issuers)));
    }

    private static PolicyRules with(
            OptionalInt most, OptionalInt length, Optional<Set<Protocol>> protocols, Optional<Duration> life) {
        return new PolicyRules(
                Optional.empty(), Optional.empty(), most, length, protocols, life, Optional.empty(), Optional.empty());
    }

    private void policy(PolicyRules rules) throws Exception {
        store.policies().put(new PolicySubject.Everyone(), rules, ROOT);
    }
}
