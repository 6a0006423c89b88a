package postern.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.CredentialStore.Addition.ADDED;
import static postern.credentials.CredentialStore.Addition.LIMIT_REACHED;
import static postern.credentials.CredentialStore.Addition.NO_SUCH_PERSON;
import static postern.credentials.CredentialStore.Addition.TAG_TAKEN;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.appPassword;
import static postern.credentials.SampleLogins.typed;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Change.Issued;
import postern.credentials.Change.PersonAdded;
import postern.credentials.Change.Revoked;
import postern.credentials.CredentialStore.Addition;
import postern.credentials.issue.SecretGenerator;
import postern.credentials.store.ChangeFeed;
import postern.credentials.store.Database;
import postern.credentials.store.SqlCredentialStore;

/** What {@link CredentialStore} promises. Every store's test extends this. */
public abstract class CredentialStoreContract {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final int LIMIT = 40;

    protected final CredentialStore store;

    private final Database database;
    private final ChangeFeed feed;

    private final SecureRandom random = new SecureRandom();
    private final SecretGenerator secrets = new SecretGenerator(random);

    /**
     * @param database a new and empty one; closed after the test
     */
    protected CredentialStoreContract(Database database) throws StoreUnavailableException {
        this.database = database;
        this.feed = SampleLogins.feedOf(database);
        this.store = new SqlCredentialStore(database, feed);
    }

    @BeforeEach
    void adaIsKnown() throws Exception {
        store.add(new Person(ADA, MONDAY));
    }

    @AfterEach
    void close() {
        feed.close();
        database.close();
    }

    @Test
    void aPersonIsKnownOnce() throws Exception {
        assertThat(store.person(BOB)).isEmpty();
        assertThat(store.add(new Person(BOB, MONDAY))).isTrue();
        assertThat(store.add(new Person(BOB, MONDAY.plusSeconds(1)))).isFalse();
        assertThat(store.person(BOB)).contains(new Person(BOB, MONDAY));
    }

    @Test
    void anUnknownOwnerHasNoneAndGetsNone() throws Exception {
        AppPassword bobs =
                new AppPassword(SCANNER_ID, BOB, "Phone", SCANNER.tag(), SCANNER.hash(), MONDAY, Optional.empty());

        assertThat(store.add(bobs, LIMIT)).isEqualTo(NO_SUCH_PERSON);
        assertThat(store.of(BOB)).isEmpty();
        assertThat(store.find(BOB, SCANNER.tag())).isEmpty();
    }

    @Test
    void findsWhatWasAddedAsItWas() throws Exception {
        AppPassword forAWeek = appPassword(SCANNER_ID, typed(SCANNER_SECRET), Optional.of(MONDAY.plusSeconds(604_800)));

        assertThat(store.add(forAWeek, LIMIT)).isEqualTo(ADDED);

        assertThat(store.find(ADA, forAWeek.tag())).contains(forAWeek);
        assertThat(store.of(ADA)).containsExactly(forAWeek);
    }

    @Test
    void findsOnlyTheOwnersOwn() throws Exception {
        store.add(SCANNER, LIMIT);

        assertThat(store.find(BOB, SCANNER.tag())).isEmpty();
    }

    @Test
    void refusesASecondOfTheSameTagUntilTheFirstIsRevoked() throws Exception {
        store.add(SCANNER, LIMIT);
        AppPassword sameTag = appPassword(AppPasswordId.draw(random), typed(SCANNER_SECRET), Optional.empty());

        assertThat(store.add(sameTag, LIMIT)).isEqualTo(TAG_TAKEN);
        assertThat(store.of(ADA)).containsExactly(SCANNER);

        store.revoke(ADA, SCANNER_ID, MONDAY);
        assertThat(store.add(sameTag, LIMIT)).isEqualTo(ADDED);
        assertThat(store.find(ADA, SCANNER.tag())).contains(sameTag);
    }

    @Test
    void theLimitCountsNeitherRevokedNorExpiredOnes() throws Exception {
        store.add(
                appPassword(
                        AppPasswordId.draw(random),
                        drawn(),
                        Optional.of(SCANNER.createdAt().plusMillis(1))),
                2);
        store.add(another(), 2);
        assertThat(store.add(another(), 2)).isEqualTo(LIMIT_REACHED);

        AppPassword later = laterThan(SCANNER.createdAt().plusSeconds(1));
        assertThat(store.add(later, 2)).as("one has expired").isEqualTo(ADDED);
        assertThat(store.add(another(), 2)).isEqualTo(LIMIT_REACHED);

        store.revoke(ADA, later.id(), MONDAY);
        assertThat(store.add(laterThan(MONDAY), 2)).as("one is revoked").isEqualTo(ADDED);
    }

    /** S-03 */
    @Test
    void ofFiftyAskingAtOnceForTheLastPlaceOneGetsIt() throws Exception {
        for (int i = 1; i < LIMIT; i++) {
            store.add(another(), LIMIT);
        }
        assertThat(atOnce(50, () -> store.add(another(), LIMIT)))
                .containsOnlyOnce(ADDED)
                .filteredOn(LIMIT_REACHED::equals)
                .hasSize(49);
        assertThat(store.of(ADA)).hasSize(LIMIT);
    }

    @Test
    void revokesOnlyForTheOwnerAndOnceAndTellsTheListeners() throws Exception {
        List<Change> heard = new CopyOnWriteArrayList<>();
        feed.listen(heard::add);
        store.add(SCANNER, LIMIT);

        assertThat(store.revoke(BOB, SCANNER_ID, MONDAY)).isFalse();
        assertThat(store.revoke(ADA, SCANNER_ID, MONDAY)).isTrue();
        assertThat(store.revoke(ADA, SCANNER_ID, MONDAY)).isFalse();

        assertThat(store.of(ADA)).isEmpty();
        assertThat(store.find(ADA, SCANNER.tag())).isEmpty();
        assertThat(heard).endsWith(new Issued(ADA, SCANNER_ID), new Revoked(ADA, SCANNER_ID));
    }

    @Test
    void everyChangeIsToldOnceAndInOrder() throws Exception {
        List<Change> heard = new CopyOnWriteArrayList<>();
        feed.listen(heard::add);
        store.add(new Person(BOB, MONDAY));
        store.add(new Person(BOB, MONDAY));
        store.add(SCANNER, LIMIT);
        store.revoke(ADA, SCANNER_ID, MONDAY);

        assertThat(heard).endsWith(new PersonAdded(BOB), new Issued(ADA, SCANNER_ID), new Revoked(ADA, SCANNER_ID));
    }

    /** H-08 */
    @Test
    void theFirstMarkOfAKeyStays() throws Exception {
        assertThat(store.keyMark("pepper")).isEmpty();
        assertThat(store.keepKeyMark("pepper", "one")).isEqualTo("one");
        assertThat(store.keepKeyMark("pepper", "two")).isEqualTo("one");
        assertThat(store.keepKeyMark("lookup", "two")).isEqualTo("two");
        assertThat(store.keyMark("pepper")).contains("one");
    }

    @Test
    void ofTwentyAddingTheSameTagAtOnceOneDoes() throws Exception {
        assertThat(atOnce(
                        20,
                        () -> store.add(
                                appPassword(AppPasswordId.draw(random), typed(SCANNER_SECRET), Optional.empty()),
                                LIMIT)))
                .containsOnlyOnce(ADDED)
                .filteredOn(TAG_TAKEN::equals)
                .hasSize(19);
    }

    private static List<Addition> atOnce(int times, Callable<Addition> addition) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Addition> additions = new ArrayList<>();
            for (Future<Addition> answer : threads.invokeAll(Collections.nCopies(times, addition))) {
                additions.add(answer.get());
            }
            return additions;
        }
    }

    private AppPassword another() {
        return appPassword(AppPasswordId.draw(random), drawn(), Optional.empty());
    }

    private AppPassword laterThan(Instant at) {
        AppPassword one = another();
        return new AppPassword(one.id(), ADA, one.name(), one.tag(), one.hash(), at.plusSeconds(1), Optional.empty());
    }

    private PresentedSecret drawn() {
        return typed(secrets.draw());
    }
}
