package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.Account.Holder.Person;
import postern.credentials.LoginName;
import postern.credentials.Role;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.report.AccountFilter;

/** Everybody's accounts, page by page. */
@ParameterizedClass
@EnumSource
class SqlAccountListTest {

    private static final LoginName BOB = new LoginName("bob_1@example.org");
    private static final LoginName PRINTER = new LoginName("printer@example.com");

    private final SampleStore store;
    private final SqlAccountList accounts;

    SqlAccountListTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.accounts = new SqlAccountList(store.database());
    }

    @BeforeEach
    void thereAreSome() throws Exception {
        store.accounts().add(Account.person(ADA, MONDAY).withRole(Optional.of(Role.SUPPORT)), ROOT);
        store.accounts().addAlias(ADA, new LoginName("countess@example.org"), ROOT);
        store.accounts()
                .add(
                        Account.person(BOB, MONDAY)
                                .withEnabled(false)
                                .withHolder(new Person(true, Optional.of("sales"))),
                        ROOT);
        store.accounts().add(Account.device(PRINTER, "facilities", MONDAY), ROOT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void pageByPageAllAreThereInTheirOrderAndAsTheyAre() throws Exception {
        List<Account> seen = new ArrayList<>();
        List<Account> page = accounts.page(AccountFilter.ALL, "", 2);
        while (!page.isEmpty()) {
            seen.addAll(page);
            page = accounts.page(AccountFilter.ALL, page.getLast().loginName().value(), 2);
        }

        assertThat(seen).extracting(Account::loginName).containsExactly(ADA, BOB, PRINTER);
        assertThat(seen).element(2).isEqualTo(Account.device(PRINTER, "facilities", MONDAY));
    }

    @Test
    void aPartOfAnyNameThatLeadsThereFindsIt() throws Exception {
        expect(AccountFilter.ALL.withName("example.org"), ADA, BOB);
        expect(AccountFilter.ALL.withName("Countess"), ADA);
        expect(AccountFilter.ALL.withName("b_1"), BOB);
        expect(AccountFilter.ALL.withName("a_a"));
        expect(AccountFilter.ALL.withName("%"));
    }

    @Test
    void whatIsAskedForIsAllThatIsListedAndCounted() throws Exception {
        expect(AccountFilter.ALL.withEnabled(true), ADA, PRINTER);
        expect(AccountFilter.ALL.withEnabled(false), BOB);
        expect(AccountFilter.ALL.withDevice(true), PRINTER);
        expect(AccountFilter.ALL.withDevice(false), ADA, BOB);
        expect(AccountFilter.ALL.withGroup("sales"), BOB);
        expect(AccountFilter.ALL.withGroup("facilities"), PRINTER);
        expect(AccountFilter.ALL.withGroup("sales").withEnabled(true));
        expect(AccountFilter.ALL.withRole(Role.SUPPORT), ADA);
        expect(AccountFilter.ALL.withRole(Role.OWNER));
    }

    private void expect(AccountFilter filter, LoginName... names) throws StoreUnavailableException {
        assertThat(accounts.page(filter, "", 10)).extracting(Account::loginName).containsExactly(names);
        assertThat(accounts.count(filter)).isEqualTo(names.length);
    }
}
