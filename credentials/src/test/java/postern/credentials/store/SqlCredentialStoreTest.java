package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.CredentialStore.Addition.ADDED;
import static postern.credentials.CredentialStore.Addition.LIMIT_REACHED;
import static postern.credentials.CredentialStore.Addition.NO_SUCH_ACCOUNT;
import static postern.credentials.CredentialStore.Addition.TAG_TAKEN;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.POLICY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.appPassword;
import static postern.credentials.SampleLogins.hashOf;
import static postern.credentials.SampleLogins.tagOf;
import static postern.credentials.SampleLogins.typed;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.AccountSnapshot;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.By;
import postern.credentials.Change.AllRevoked;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Revised;
import postern.credentials.Change.Revoked;
import postern.credentials.CredentialStore;
import postern.credentials.CredentialStore.Addition;
import postern.credentials.DevicePin;
import postern.credentials.Imports;
import postern.credentials.LastUse;
import postern.credentials.LoginName;
import postern.credentials.PresentedSecret;
import postern.credentials.Proof;
import postern.credentials.Protocol;
import postern.credentials.Scope;
import postern.credentials.Sending;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.issue.SecretGenerator;

/** What {@link CredentialStore} promises. */
@ParameterizedClass
@EnumSource
class SqlCredentialStoreTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final int LIMIT = 40;

    private final SecureRandom random = new SecureRandom();
    private final SecretGenerator secrets = new SecretGenerator(random);

    private final Node node;
    private final CredentialStore store;

    SqlCredentialStoreTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.node = Node.on(engine.open(folder), Node.SELDOM);
        this.store = node.store();
        node.addAda();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void anUnknownOwnerHasNoneAndGetsNone() throws Exception {
        AppPassword bobs = new AppPassword(SCANNER_ID, BOB, "Phone", SCANNER.proof(), SCANNER.scope(), MONDAY);

        assertThat(store.add(bobs, LIMIT, ROOT)).isEqualTo(NO_SUCH_ACCOUNT);
        assertThat(store.of(BOB)).isEmpty();
        assertThat(store.canonical(BOB)).isEmpty();
        assertThat(store.snapshot(BOB, POLICY)).isEmpty();
    }

    /** I-03 */
    @Test
    void importedOnesAreCountedUntilTheyAreRevoked() throws Exception {
        store.add(SCANNER, LIMIT, ROOT);
        AppPasswordId id = node.issue();
        store.revise(ADA, id, one -> one.withProof(new Proof.Imported("mailcow:17", "{SSHA256}x")), ROOT);
        assertThat(store.countImported()).isEqualTo(new Imports(1, 0));

        store.revise(ADA, id, one -> one.withProof(new Proof.Taken("mailcow:17", hashOf(SCANNER))), ROOT);
        assertThat(store.countImported()).isEqualTo(new Imports(0, 1));

        node.revoke(id);
        assertThat(store.countImported()).isEqualTo(Imports.NONE);
    }

    @Test
    void findsWhatWasAddedAsItWas() throws Exception {
        AppPassword scoped = SCANNER.withScope(_ -> new Scope(
                Set.of(Protocol.SMTP, Protocol.IMAP),
                List.of(SourceNetwork.parse("192.0.2.0/24"), SourceNetwork.parse("2001:db8::/32")),
                Optional.of(MONDAY),
                Optional.of(MONDAY.plusSeconds(604_800)),
                new Sending(OptionalInt.of(200), OptionalInt.of(0), Set.of(ADA, BOB)),
                new DevicePin(DevicePin.Mode.PIN, Optional.of("Scanner 3000"))));

        assertThat(store.add(scoped, LIMIT, ROOT)).isEqualTo(ADDED);

        assertThat(store.of(ADA)).containsExactly(scoped);
        assertThat(snapshot().find(tagOf(scoped))).contains(scoped);
    }

    @Test
    void refusesASecondOfTheSameTagAlsoWhenTheFirstIsRevoked() throws Exception {
        store.add(SCANNER, LIMIT, ROOT);
        AppPassword sameTag = appPassword(AppPasswordId.draw(random), typed(SCANNER_SECRET), Optional.empty());

        assertThat(store.add(sameTag, LIMIT, ROOT)).isEqualTo(TAG_TAKEN);
        store.revoke(ADA, SCANNER_ID, ROOT);
        assertThat(store.add(sameTag, LIMIT, ROOT)).isEqualTo(TAG_TAKEN);
        assertThat(store.of(ADA)).isEmpty();
    }

    @Test
    void theLimitCountsNeitherRevokedNorExpiredOnes() throws Exception {
        store.add(expiring(SCANNER.createdAt().plusMillis(1)), 2, ROOT);
        store.add(another(), 2, ROOT);
        assertThat(store.add(another(), 2, ROOT)).isEqualTo(LIMIT_REACHED);

        AppPassword later = laterThan(SCANNER.createdAt().plusSeconds(1));
        assertThat(store.add(later, 2, ROOT)).as("one has expired").isEqualTo(ADDED);
        assertThat(store.add(another(), 2, ROOT)).isEqualTo(LIMIT_REACHED);

        store.revoke(ADA, later.id(), ROOT);
        assertThat(store.add(laterThan(MONDAY), 2, ROOT)).as("one is revoked").isEqualTo(ADDED);
    }

    /** S-03 */
    @Test
    void ofFiftyAskingAtOnceForTheLastPlaceOneGetsIt() throws Exception {
        for (int i = 1; i < LIMIT; i++) {
            store.add(another(), LIMIT, ROOT);
        }
        assertThat(atOnce(50, () -> store.add(another(), LIMIT, ROOT)))
                .containsOnlyOnce(ADDED)
                .filteredOn(LIMIT_REACHED::equals)
                .hasSize(49);
        assertThat(store.of(ADA)).hasSize(LIMIT);
    }

    @Test
    void ofTwentyAddingTheSameTagAtOnceOneDoes() throws Exception {
        assertThat(atOnce(
                        20,
                        () -> store.add(
                                appPassword(AppPasswordId.draw(random), typed(SCANNER_SECRET), Optional.empty()),
                                LIMIT,
                                ROOT)))
                .containsOnlyOnce(ADDED)
                .filteredOn(TAG_TAKEN::equals)
                .hasSize(19);
    }

    @Test
    void revisesOnlyForTheOwnerAndTellsTheListenersOfWhatIsNew() throws Exception {
        store.add(SCANNER, LIMIT, ROOT);
        AppPassword renamed = SCANNER.withName("Copier");

        assertThat(store.revise(BOB, SCANNER_ID, one -> one.withName("Mine"), ROOT))
                .isEmpty();
        assertThat(store.revise(ADA, SCANNER_ID, one -> one.withName("Copier"), ROOT))
                .contains(renamed);
        assertThat(store.revise(ADA, SCANNER_ID, one -> one, ROOT)).contains(renamed);
        assertThat(store.revise(ADA, SCANNER_ID, AppPassword::suspend, ROOT)).contains(renamed.suspend());

        assertThat(store.of(ADA)).containsExactly(renamed.suspend());
        Revised revised = new Revised(ADA, SCANNER_ID);
        assertThat(node.heard()).containsExactly(new Issued(ADA, SCANNER_ID), revised, revised);
    }

    @Test
    void aRevisionThatIsRefusedChangesNothing() throws Exception {
        store.add(SCANNER, LIMIT, ROOT);

        assertThatThrownBy(() -> store.revise(ADA, SCANNER_ID, one -> one.withName(" "), ROOT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.of(ADA)).containsExactly(SCANNER);
    }

    @Test
    void revokesOnlyForTheOwnerAndOnceAndTellsTheListeners() throws Exception {
        store.add(SCANNER, LIMIT, ROOT);

        assertThat(store.revoke(BOB, SCANNER_ID, ROOT)).isFalse();
        assertThat(store.revoke(ADA, SCANNER_ID, ROOT)).isTrue();
        assertThat(store.revoke(ADA, SCANNER_ID, ROOT)).isFalse();

        assertThat(store.of(ADA)).isEmpty();
        assertThat(node.heard()).containsExactly(new Issued(ADA, SCANNER_ID), new Revoked(ADA, SCANNER_ID));
    }

    /** S-22 */
    @Test
    void revokesAllAtOnce() throws Exception {
        store.add(SCANNER, LIMIT, ROOT);
        store.add(another(), LIMIT, ROOT);

        assertThat(store.revokeAll(ADA, ROOT)).isEqualTo(2);
        assertThat(store.revokeAll(ADA, ROOT)).isZero();
        assertThat(store.of(ADA)).isEmpty();
        assertThat(node.heard()).endsWith(new AllRevoked(ADA));
    }

    /** T-1: by its tag alone; the hash is gone. */
    @Test
    void aRevokedSecretIsKnownAgainForNinetyDays() throws Exception {
        store.add(SCANNER, LIMIT, ROOT);
        store.revoke(ADA, SCANNER_ID, By.administrator("root", MONDAY));

        assertThat(snapshot().tombstones()).isEqualTo(Map.of(tagOf(SCANNER), SCANNER_ID));
        assertThat(node.database()
                        .<Integer>read(sql -> sql.createQuery(
                                        "SELECT count(*) FROM app_passwords WHERE hash <> '' OR pepper IS NOT NULL")
                                .mapTo(Integer.class)
                                .one()))
                .isZero();

        clean(MONDAY.plus(Housekeeping.TOMBSTONES));
        assertThat(snapshot().tombstones()).isNotEmpty();
        clean(MONDAY.plus(Housekeeping.TOMBSTONES).plusMillis(1));
        assertThat(snapshot().tombstones()).isEmpty();
    }

    /** E-04 */
    @Test
    void theLatestUseStaysAndNobodyIsToldOfIt() throws Exception {
        store.add(SCANNER, LIMIT, ROOT);
        LastUse late = use(MONDAY.plusSeconds(60), "192.0.2.7");

        store.used(Map.of(SCANNER_ID, late, AppPasswordId.draw(random), late));
        store.used(Map.of(SCANNER_ID, use(MONDAY, "192.0.2.8")));

        assertThat(store.lastUses(ADA)).isEqualTo(Map.of(SCANNER_ID, late));
        assertThat(snapshot().lastUses()).isEqualTo(Map.of(SCANNER_ID, late.at()));
        assertThat(node.heard()).containsExactly(new Issued(ADA, SCANNER_ID));
    }

    /** G: the time stays, since policy asks for it. */
    @Test
    void whereAClientWasIsForgottenAfterAWhileAndWhenItCameIsNot() throws Exception {
        store.add(SCANNER, LIMIT, ROOT);
        store.used(Map.of(SCANNER_ID, use(MONDAY, "192.0.2.7")));
        Duration keep = Duration.ofDays(90);
        Housekeeping.Chore chore = now -> store.forgetClients(now.minus(keep));

        new Housekeeping(List.of(chore), () -> MONDAY.plus(keep)).clean();
        assertThat(store.lastUses(ADA)).isEqualTo(Map.of(SCANNER_ID, use(MONDAY, "192.0.2.7")));
        new Housekeeping(List.of(chore), () -> MONDAY.plus(keep).plusMillis(1)).clean();

        assertThat(store.lastUses(ADA))
                .isEqualTo(Map.of(
                        SCANNER_ID,
                        new LastUse(MONDAY, Protocol.IMAP, Optional.<InetAddress>empty(), Optional.empty())));
        store.used(Map.of(SCANNER_ID, use(MONDAY.plus(keep), "192.0.2.8")));
        assertThat(store.lastUses(ADA)).isEqualTo(Map.of(SCANNER_ID, use(MONDAY.plus(keep), "192.0.2.8")));
    }

    private void clean(Instant now) {
        new Housekeeping(List.of(Housekeeping.tombstones(store)), () -> now).clean();
    }

    private static LastUse use(Instant at, String client) {
        return new LastUse(at, Protocol.IMAP, InetAddress.ofLiteral(client), Optional.of("Outlook"));
    }

    private AccountSnapshot snapshot() throws Exception {
        return store.snapshot(ADA, POLICY).orElseThrow();
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

    private AppPassword expiring(Instant at) {
        return appPassword(AppPasswordId.draw(random), drawn(), Optional.of(at));
    }

    private AppPassword laterThan(Instant at) {
        AppPassword one = another();
        return new AppPassword(one.id(), ADA, one.name(), one.proof(), one.scope(), at.plusSeconds(1));
    }

    private PresentedSecret drawn() {
        return typed(secrets.draw(20));
    }
}
