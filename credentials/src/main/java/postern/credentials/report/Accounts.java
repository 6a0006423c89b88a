package postern.credentials.report;

import java.util.List;
import postern.credentials.Account;
import postern.credentials.StoreUnavailableException;

/** All accounts, by their login names. Without a filter a page costs the same at any place; with one, what it passes by. */
public interface Accounts {

    /** Beyond this, a {@code limit} is cut down. */
    int MOST = 1000;

    /** The next of them, {@code after} the login name of the last of the page before, or nothing. */
    List<Account> page(AccountFilter filter, String after, int limit) throws StoreUnavailableException;

    long count(AccountFilter filter) throws StoreUnavailableException;
}
