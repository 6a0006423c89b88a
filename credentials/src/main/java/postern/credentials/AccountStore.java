package postern.credentials;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Where accounts live. An account goes by one login name, and aliases lead to it: no name leads to
 * two. What {@link CredentialStore} says of absence, failure, durability and threads holds here too.
 */
public interface AccountStore {

    /** False, and nothing changes, when the name leads to an account already. */
    boolean add(Account account, By by) throws StoreUnavailableException;

    /** Which account this name leads to. */
    Optional<Account> account(LoginName name) throws StoreUnavailableException;

    /**
     * Changes all of an account but its login name. Whoever listens to changes on this node has heard
     * of it before this returns.
     *
     * @return it as it is now; empty when there is none of this login name
     */
    Optional<Account> revise(LoginName loginName, UnaryOperator<Account> change, By by)
            throws StoreUnavailableException;

    Set<LoginName> aliases(LoginName loginName) throws StoreUnavailableException;

    /** What came of adding an alias; only {@code ADDED} changed anything. */
    enum AliasAddition {
        ADDED,
        NO_SUCH_ACCOUNT,
        /** It leads to an account already. */
        TAKEN
    }

    AliasAddition addAlias(LoginName loginName, LoginName alias, By by) throws StoreUnavailableException;

    /** False when this account has no such alias. */
    boolean removeAlias(LoginName loginName, LoginName alias, By by) throws StoreUnavailableException;

    /** Deletes the account and all that was kept of it; false when there is none. It is refused from now on. */
    boolean erase(LoginName loginName, By by) throws StoreUnavailableException;
}
