package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.LOOKUP_KEYS;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.hashingPool;

import java.lang.reflect.RecordComponent;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import postern.admin.Answer.AccountAdded;
import postern.admin.Answer.AccountExists;
import postern.admin.Answer.AccountFound;
import postern.admin.Answer.Issued;
import postern.admin.Answer.LimitReached;
import postern.admin.Answer.Listed;
import postern.admin.Answer.NoSuchAccount;
import postern.admin.Answer.NoSuchAppPassword;
import postern.admin.Answer.NotAllowed;
import postern.admin.Answer.Revoked;
import postern.admin.Answer.Unfit;
import postern.credentials.Account;
import postern.credentials.LoginName;
import postern.credentials.LookupTag;
import postern.credentials.PasswordHash;
import postern.credentials.Policy;
import postern.credentials.PolicyRules;
import postern.credentials.PolicySubject;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.issue.AppPasswordIssuer;
import postern.credentials.issue.Issue.Why;

class DesksTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final String REQUEST = "5d1f3a2b";
    private static final InstantSource CLOCK = InstantSource.fixed(MONDAY.plusNanos(123_456_789));

    private final SampleStore store = SampleStore.with(SCANNER);
    private final AccountDesk accounts = new AccountDesk(store.accounts(), CLOCK);
    private final AppPasswordDesk appPasswords = deskOf(store);

    private static AppPasswordDesk deskOf(SampleStore store) {
        AppPasswordIssuer issuer = new AppPasswordIssuer(
                store.credentials(),
                RunningAdmin.TWO_EACH,
                LOOKUP_KEYS,
                CHEAP_HASHER,
                hashingPool(),
                new SecureRandom(),
                CLOCK);
        return new AppPasswordDesk(store.accounts(), store.credentials(), issuer, CLOCK);
    }

    @Test
    void addsAPersonOnceAndFindsThemAsAdded() throws Exception {
        Account bob = Account.person(BOB, MONDAY.plusMillis(123));

        assertThat(accounts.find(BOB)).isEqualTo(new NoSuchAccount(BOB));
        assertThat(accounts.add(BOB, REQUEST)).isEqualTo(new AccountAdded(bob));
        assertThat(accounts.add(BOB, REQUEST)).isEqualTo(new AccountExists(BOB));
        assertThat(accounts.find(BOB)).isEqualTo(new AccountFound(bob));
    }

    @Test
    void issuesNoneWherePolicyAllowsNone() throws Exception {
        store.policies()
                .put(new PolicySubject.One(ADA), PolicyRules.SILENT.withAppPasswords(Policy.AppPasswords.NO_NEW), ROOT);

        assertThat(appPasswords.issue(ADA, "Phone", Optional.empty(), REQUEST))
                .isEqualTo(new NotAllowed(ADA, Why.NONE_ALLOWED));
        assertThat(appPasswords.revoke(ADA, SCANNER_ID, REQUEST)).isEqualTo(new Revoked(SCANNER_ID));
    }

    @Test
    void issuesUpToTheLimitAndListsWhatItTold() throws Exception {
        Issued issued = (Issued) appPasswords.issue(
                ADA, "Phone", Optional.of(MONDAY.plusSeconds(60).plusNanos(1)), REQUEST);

        assertThat(appPasswords.list(ADA))
                .isEqualTo(new Listed(List.of(AppPasswordView.of(SCANNER), issued.appPassword())));
        assertThat(appPasswords.issue(ADA, "Third", Optional.empty(), REQUEST)).isEqualTo(new LimitReached(ADA, 2));
        assertThat(appPasswords.issue(BOB, "Phone", Optional.empty(), REQUEST)).isEqualTo(new NoSuchAccount(BOB));
        assertThat(appPasswords.list(BOB)).isEqualTo(new NoSuchAccount(BOB));
    }

    @Test
    void saysWhatIsUnfit() throws Exception {
        assertThat(appPasswords.issue(ADA, " ", Optional.empty(), REQUEST))
                .isEqualTo(new Unfit("name: 0 characters (expected: 1 to 60)"));
        assertThat(appPasswords.issue(ADA, "Phone", Optional.of(MONDAY), REQUEST))
                .isInstanceOf(Unfit.class);
    }

    @Test
    void revokesOnceAndOnlyTheOwners() throws Exception {
        assertThat(appPasswords.revoke(BOB, SCANNER_ID, REQUEST)).isEqualTo(new NoSuchAppPassword(BOB));
        assertThat(appPasswords.revoke(ADA, SCANNER_ID, REQUEST)).isEqualTo(new Revoked(SCANNER_ID));
        assertThat(appPasswords.revoke(ADA, SCANNER_ID, REQUEST)).isEqualTo(new NoSuchAppPassword(ADA));
        assertThat(appPasswords.list(ADA)).isEqualTo(new Listed(List.of()));
    }

    @Test
    void neverTakesAnOutageForAbsence() {
        AppPasswordDesk desk = deskOf(store);
        store.close();

        assertThatThrownBy(() -> accounts.find(ADA)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> desk.list(ADA)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> desk.revoke(ADA, SCANNER_ID, REQUEST)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> desk.issue(ADA, "Phone", Optional.empty(), REQUEST))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void showsNothingThatHelpsToGuess() throws Exception {
        Issued issued = (Issued) appPasswords.issue(ADA, "Phone", Optional.empty(), REQUEST);

        assertThat(issued.toString()).doesNotContain(issued.secret()).contains("***");
        assertThat(AppPasswordView.class.getRecordComponents())
                .extracting(RecordComponent::getType)
                .doesNotContain(LookupTag.class, PasswordHash.class);
    }
}
