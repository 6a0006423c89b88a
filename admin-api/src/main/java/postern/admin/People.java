package postern.admin;

import postern.credentials.Account;
import postern.credentials.AccountStore;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.web.Call;
import postern.web.Problem;
import postern.web.Refusal;
import postern.web.Reply;

/** Whom a call is about. */
final class People {

    private final AccountStore accounts;

    People(AccountStore accounts) {
        this.accounts = accounts;
    }

    /** By any name that leads there. */
    Account of(Call call) throws StoreUnavailableException {
        LoginName name = call.login();
        return accounts.account(name).orElseThrow(() -> new Refusal(notFound(name)));
    }

    /** The same, to change something of theirs: nobody does of those above. */
    Account toActOn(Call call) throws StoreUnavailableException {
        return reached(call, of(call));
    }

    Account toActOn(Call call, LoginName name) throws StoreUnavailableException {
        return reached(call, accounts.account(name).orElseThrow(() -> new Refusal(notFound(name))));
    }

    /** Of somebody, or of nobody here. */
    LoginName nameToActOn(Call call) throws StoreUnavailableException {
        LoginName name = call.login();
        return accounts.account(name)
                .map(account -> reached(call, account).loginName())
                .orElse(name);
    }

    private static Account reached(Call call, Account account) {
        if (!call.caller().role().mayActOn(account.role())) {
            throw new Refusal(Problem.OUT_OF_REACH.because(
                    "user: " + account.loginName() + " has a role (expected: one that is not above yours)"));
        }
        return account;
    }

    static Reply.Refused notFound(LoginName name) {
        return Problem.USER_NOT_FOUND.because("user: " + name + " (expected: one that was added)");
    }
}
