package postern.admin;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import postern.admin.Answer.AccountAdded;
import postern.admin.Answer.AccountExists;
import postern.admin.Answer.AccountFound;
import postern.admin.Answer.NoSuchAccount;
import postern.credentials.Account;
import postern.credentials.AccountStore;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;

/** Adds and finds accounts. Blocks, as the store does. */
public final class AccountDesk {

    private final AccountStore accounts;
    private final InstantSource clock;

    public AccountDesk(AccountStore accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    public Answer add(LoginName name, String requestId) throws StoreUnavailableException {
        By by = By.administrator("admin API", clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .during(requestId);
        Account person = Account.person(name, by.at());
        return accounts.add(person, by) ? new AccountAdded(person) : new AccountExists(name);
    }

    public Answer find(LoginName name) throws StoreUnavailableException {
        return accounts.account(name).<Answer>map(AccountFound::new).orElseGet(() -> new NoSuchAccount(name));
    }
}
