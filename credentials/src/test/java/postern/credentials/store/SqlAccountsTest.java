package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static postern.credentials.AccountStore.AliasAddition.ADDED;
import static postern.credentials.AccountStore.AliasAddition.NO_SUCH_ACCOUNT;
import static postern.credentials.AccountStore.AliasAddition.TAKEN;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.POLICY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.Account.Holder.Person;
import postern.credentials.AccountSnapshot;
import postern.credentials.AccountStore;
import postern.credentials.Change;
import postern.credentials.Change.AccountAdded;
import postern.credentials.Change.AccountChanged;
import postern.credentials.Change.AliasAdded;
import postern.credentials.Change.Missed;
import postern.credentials.FamiliarSource;
import postern.credentials.LastUse;
import postern.credentials.LoginName;
import postern.credentials.Policy;
import postern.credentials.PolicyRules;
import postern.credentials.PolicySubject;
import postern.credentials.Protocol;
import postern.credentials.Role;
import postern.credentials.SampleStore;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;

/** What {@link AccountStore} promises. */
@ParameterizedClass
@EnumSource
class SqlAccountsTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final LoginName ADA_L = new LoginName("a.lovelace@example.org");

    private final List<Change> heard = new CopyOnWriteArrayList<>();

    private final SampleStore store;
    private final AccountStore accounts;

    SqlAccountsTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.accounts = store.accounts();
        store.feed().listen(heard::add);
        accounts.add(Account.person(ADA, MONDAY), ROOT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anAccountIsKnownOnceAndAsItWasAdded() throws Exception {
        Account scanner = Account.device(BOB, "Facility management", MONDAY).withMailbox(ADA);

        assertThat(accounts.account(BOB)).isEmpty();
        assertThat(accounts.add(scanner, ROOT)).isTrue();
        assertThat(accounts.add(Account.person(BOB, MONDAY.plusSeconds(1)), ROOT))
                .isFalse();
        assertThat(accounts.account(BOB)).contains(scanner);
        assertThat(heard).containsExactly(new AccountAdded(ADA), new AccountAdded(BOB));
    }

    @Test
    void whatIsRevisedIsToldOfAndWhatIsNotIsNot() throws Exception {
        Account disabled = Account.person(ADA, MONDAY).withEnabled(false).withHolder(new Person(true));

        assertThat(accounts.revise(ADA, one -> one.withEnabled(false).withHolder(new Person(true)), ROOT))
                .contains(disabled);
        assertThat(accounts.revise(ADA, one -> one, ROOT)).contains(disabled);
        assertThat(accounts.revise(BOB, one -> one, ROOT)).isEmpty();
        assertThat(accounts.account(ADA)).contains(disabled);
        assertThat(heard).containsExactly(new AccountAdded(ADA), new AccountChanged(ADA));
    }

    @Test
    void aPersonMayBelongToAGroupAndADeviceDoes() throws Exception {
        Person inTheLab = new Person(true, Optional.of("The Lab"));

        assertThat(accounts.account(ADA).flatMap(Account::group)).isEmpty();
        accounts.revise(ADA, one -> one.withHolder(inTheLab), ROOT);
        accounts.add(Account.device(BOB, "Facilities", MONDAY), ROOT);

        assertThat(accounts.account(ADA).map(Account::holder)).contains(inTheLab);
        assertThat(accounts.account(ADA).flatMap(Account::group)).contains("The Lab");
        assertThat(accounts.account(BOB).flatMap(Account::group)).contains("Facilities");
    }

    @Test
    void aPersonMayAdministerAndNeitherADeviceNorAProgramIsOne() throws Exception {
        assertThat(accounts.account(ADA).flatMap(Account::role)).isEmpty();
        accounts.revise(ADA, one -> one.withRole(Optional.of(Role.SUPPORT)), ROOT);
        assertThat(accounts.account(ADA).flatMap(Account::role)).contains(Role.SUPPORT);
        accounts.revise(ADA, one -> one.withRole(Optional.empty()), ROOT);
        assertThat(accounts.account(ADA)).contains(Account.person(ADA, MONDAY));

        Account scanner = Account.device(BOB, "Facilities", MONDAY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scanner.withRole(Optional.of(Role.OPERATOR)))
                .withMessage("role: operator (expected: one of a person's, of a person, and not of a device)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Account.person(BOB, MONDAY).withRole(Optional.of(Role.AUTOMATION)));
    }

    @Test
    void anAliasLeadsToTheAccountAndNoNameLeadsToTwo() throws Exception {
        accounts.add(Account.person(BOB, MONDAY), ROOT);

        assertThat(accounts.addAlias(ADA, ADA_L, ROOT)).isEqualTo(ADDED);
        assertThat(accounts.addAlias(BOB, ADA_L, ROOT)).isEqualTo(TAKEN);
        assertThat(accounts.addAlias(BOB, ADA, ROOT)).isEqualTo(TAKEN);
        assertThat(accounts.addAlias(new LoginName("carl"), BOB, ROOT)).isEqualTo(NO_SUCH_ACCOUNT);
        assertThat(accounts.add(Account.person(ADA_L, MONDAY), ROOT)).isFalse();

        assertThat(accounts.account(ADA_L)).contains(Account.person(ADA, MONDAY));
        assertThat(accounts.aliases(ADA)).containsExactly(ADA_L);
        assertThat(store.credentials().canonical(ADA_L)).contains(ADA);
        assertThat(snapshotOfAda().answersTo(ADA_L)).isTrue();
    }

    @Test
    void anAliasCanBeTakenAwayAndTheLoginNameCannot() throws Exception {
        accounts.addAlias(ADA, ADA_L, ROOT);

        assertThat(accounts.removeAlias(BOB, ADA_L, ROOT)).isFalse();
        assertThat(accounts.removeAlias(ADA, ADA, ROOT)).isFalse();
        assertThat(accounts.removeAlias(ADA, ADA_L, ROOT)).isTrue();
        assertThat(accounts.account(ADA_L)).isEmpty();
        assertThat(accounts.account(ADA)).isPresent();
        assertThat(heard).endsWith(new AliasAdded(ADA, ADA_L), new AccountChanged(ADA));
    }

    @Test
    void nothingIsLeftOfWhoIsErased() throws Exception {
        store.credentials().add(SCANNER, 40, ROOT);
        LastUse use = new LastUse(MONDAY, Protocol.IMAP, InetAddress.getLoopbackAddress(), Optional.empty());
        store.credentials().used(Map.of(SCANNER_ID, use));
        store.familiarSources().seen(Map.of(new FamiliarSource(ADA, SourceNetwork.parse("192.0.2.7")), MONDAY), 32);
        accounts.addAlias(ADA, ADA_L, ROOT);
        store.policies()
                .put(new PolicySubject.One(ADA), PolicyRules.SILENT.withAppPasswords(Policy.AppPasswords.NO_NEW), ROOT);

        assertThat(accounts.erase(ADA, ROOT)).isTrue();
        assertThat(accounts.erase(ADA, ROOT)).isFalse();

        assertThat(accounts.account(ADA)).isEmpty();
        assertThat(accounts.account(ADA_L)).isEmpty();
        assertThat(store.credentials().of(ADA)).isEmpty();
        assertThat(store.policies().layers()).isEmpty();
        assertThat(store.familiarSources().of(ADA)).isEmpty();
        assertThat(heard).as("without a name").endsWith(new Missed());
        assertThat(accounts.add(Account.person(ADA_L, MONDAY), ROOT)).isTrue();
    }

    private AccountSnapshot snapshotOfAda() throws Exception {
        return store.credentials().snapshot(ADA, POLICY).orElseThrow();
    }
}
