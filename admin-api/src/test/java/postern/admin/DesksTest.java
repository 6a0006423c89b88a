package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.LOOKUP_KEY;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.hashingPool;
import static postern.credentials.SampleLogins.storeWith;

import java.lang.reflect.RecordComponent;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import postern.admin.Answer.Issued;
import postern.admin.Answer.LimitReached;
import postern.admin.Answer.Listed;
import postern.admin.Answer.NoSuchAppPassword;
import postern.admin.Answer.NoSuchPerson;
import postern.admin.Answer.PersonAdded;
import postern.admin.Answer.PersonExists;
import postern.admin.Answer.PersonFound;
import postern.admin.Answer.Revoked;
import postern.admin.Answer.Unfit;
import postern.credentials.BrokenStore;
import postern.credentials.CredentialStore;
import postern.credentials.LoginName;
import postern.credentials.LookupTag;
import postern.credentials.PasswordHash;
import postern.credentials.Person;
import postern.credentials.StoreUnavailableException;
import postern.credentials.issue.AppPasswordIssuer;

class DesksTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final InstantSource CLOCK = InstantSource.fixed(MONDAY.plusNanos(123_456_789));

    private final CredentialStore store = storeWith(SCANNER);
    private final PersonDesk people = new PersonDesk(store, CLOCK);
    private final AppPasswordDesk appPasswords = deskOf(store);

    private static AppPasswordDesk deskOf(CredentialStore store) {
        return new AppPasswordDesk(
                store,
                new AppPasswordIssuer(store, LOOKUP_KEY, CHEAP_HASHER, hashingPool(), new SecureRandom(), CLOCK, 2),
                CLOCK);
    }

    @Test
    void addsAPersonOnceAndFindsThemAsAdded() throws Exception {
        Person bob = new Person(BOB, MONDAY.plusMillis(123));

        assertThat(people.find(BOB)).isEqualTo(new NoSuchPerson(BOB));
        assertThat(people.add(BOB)).isEqualTo(new PersonAdded(bob));
        assertThat(people.add(BOB)).isEqualTo(new PersonExists(BOB));
        assertThat(people.find(BOB)).isEqualTo(new PersonFound(bob));
    }

    @Test
    void issuesUpToTheLimitAndListsWhatItTold() throws Exception {
        Issued issued = (Issued) appPasswords.issue(
                ADA, "Phone", Optional.of(MONDAY.plusSeconds(60).plusNanos(1)));

        assertThat(appPasswords.list(ADA))
                .isEqualTo(new Listed(List.of(AppPasswordView.of(SCANNER), issued.appPassword())));
        assertThat(appPasswords.issue(ADA, "Third", Optional.empty())).isEqualTo(new LimitReached(ADA, 2));
        assertThat(appPasswords.issue(BOB, "Phone", Optional.empty())).isEqualTo(new NoSuchPerson(BOB));
        assertThat(appPasswords.list(BOB)).isEqualTo(new NoSuchPerson(BOB));
    }

    @Test
    void saysWhatIsUnfit() throws Exception {
        assertThat(appPasswords.issue(ADA, " ", Optional.empty()))
                .isEqualTo(new Unfit("name: 0 characters (expected: 1 to 60)"));
        assertThat(appPasswords.issue(ADA, "Phone", Optional.of(MONDAY))).isInstanceOf(Unfit.class);
    }

    @Test
    void revokesOnceAndOnlyTheOwners() throws Exception {
        assertThat(appPasswords.revoke(BOB, SCANNER_ID)).isEqualTo(new NoSuchAppPassword(BOB));
        assertThat(appPasswords.revoke(ADA, SCANNER_ID)).isEqualTo(new Revoked(SCANNER_ID));
        assertThat(appPasswords.revoke(ADA, SCANNER_ID)).isEqualTo(new NoSuchAppPassword(ADA));
        assertThat(appPasswords.list(ADA)).isEqualTo(new Listed(List.of()));
    }

    @Test
    void neverTakesAnOutageForAbsence() {
        AppPasswordDesk desk = deskOf(new BrokenStore());

        assertThatThrownBy(() -> new PersonDesk(new BrokenStore(), CLOCK).find(ADA))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> desk.list(ADA)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> desk.revoke(ADA, SCANNER_ID)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> desk.issue(ADA, "Phone", Optional.empty()))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void showsNothingThatHelpsToGuess() throws Exception {
        Issued issued = (Issued) appPasswords.issue(ADA, "Phone", Optional.empty());

        assertThat(issued.toString()).doesNotContain(issued.secret()).contains("***");
        assertThat(AppPasswordView.class.getRecordComponents())
                .extracting(RecordComponent::getType)
                .doesNotContain(LookupTag.class, PasswordHash.class);
    }
}
