package postern.admin;

import java.time.InstantSource;
import java.util.Optional;
import postern.admin.Answer.ConsentBegun;
import postern.admin.Answer.GrantsListed;
import postern.admin.Answer.NoSuchAccount;
import postern.admin.Answer.Unfit;
import postern.credentials.Account;
import postern.credentials.AccountStore;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.consent.Beginning.Link;
import postern.credentials.consent.Beginning.NotPossible;
import postern.credentials.consent.Consents;
import postern.credentials.grant.GrantVault;

/** What opens a person's mailbox upstream: how it stands with it, and asking them for more. Blocks, as the store does. */
public final class GrantDesk {

    private final AccountStore accounts;
    private final GrantVault vault;
    private final Consents consents;
    private final InstantSource clock;

    public GrantDesk(AccountStore accounts, GrantVault vault, Consents consents, InstantSource clock) {
        this.accounts = accounts;
        this.vault = vault;
        this.consents = consents;
        this.clock = clock;
    }

    public Answer list(LoginName person) throws StoreUnavailableException {
        Optional<Account> account = accounts.account(person);
        return account.isEmpty()
                ? new NoSuchAccount(person)
                : new GrantsListed(vault.of(account.get().mailbox()), clock.instant());
    }

    /** Makes a link that they, and nobody else, can use; in place of the one before. */
    public Answer ask(LoginName person, String upstream, String requestId) throws StoreUnavailableException {
        Optional<Account> account = accounts.account(person);
        if (account.isEmpty()) {
            return new NoSuchAccount(person);
        }
        By by = By.administrator("admin API", clock.instant()).during(requestId);
        return switch (consents.begin(account.get().mailbox(), upstream, by)) {
            case Link link -> new ConsentBegun(link);
            case NotPossible(String why) -> new Unfit(why);
        };
    }

    /** For the page that they come back to. */
    Consents consents() {
        return consents;
    }
}
