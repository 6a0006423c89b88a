package postern.credentials.issue;

import java.util.Optional;
import java.util.function.UnaryOperator;
import postern.credentials.AccountSnapshot;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.By;
import postern.credentials.CredentialStore;
import postern.credentials.LoginName;
import postern.credentials.Policy;
import postern.credentials.Scope;
import postern.credentials.StoreUnavailableException;

/**
 * Changes app passwords, never their secret. Each returns what it is now, or nothing when this owner
 * has none of that id; when it returns, this node goes by it.
 */
public final class AppPasswordChanges {

    private final CredentialStore store;
    private final Policy configuration;

    /**
     * @param configuration the policy's lowest layer
     */
    public AppPasswordChanges(CredentialStore store, Policy configuration) {
        this.store = store;
        this.configuration = configuration;
    }

    /**
     * Gives it another name.
     *
     * @throws IllegalArgumentException when it is no name
     */
    public Optional<AppPassword> rename(LoginName owner, AppPasswordId id, String name, By by)
            throws StoreUnavailableException {
        return store.revise(owner, id, one -> one.withName(name), by);
    }

    /**
     * Makes it good for something else. Sessions that it would not open now end.
     *
     * @throws IllegalArgumentException saying what of the scope policy does not allow
     */
    public Optional<AppPassword> rescope(LoginName owner, AppPasswordId id, UnaryOperator<Scope> change, By by)
            throws StoreUnavailableException {
        Optional<AccountSnapshot> account = store.snapshot(owner, configuration);
        return account.isEmpty()
                ? Optional.empty()
                : store.revise(
                        owner, id, one -> one.withScope(scope -> allowed(change.apply(scope), one, account.get())), by);
    }

    /**
     * Changes several things of it at once, or none of them.
     *
     * @throws IllegalArgumentException saying what of it cannot be, or what of the scope policy does not allow
     */
    public Optional<AppPassword> revise(LoginName owner, AppPasswordId id, UnaryOperator<AppPassword> change, By by)
            throws StoreUnavailableException {
        Optional<AccountSnapshot> account = store.snapshot(owner, configuration);
        return account.isEmpty()
                ? Optional.empty()
                : store.revise(owner, id, one -> allowed(change.apply(one), one, account.get()), by);
    }

    /** What policy has come to forbid since, and nobody touches now, stays as it is. */
    private static AppPassword allowed(AppPassword after, AppPassword before, AccountSnapshot account) {
        return after.scope().equals(before.scope()) ? after : after.withScope(scope -> allowed(scope, before, account));
    }

    private static Scope allowed(Scope scope, AppPassword before, AccountSnapshot account) {
        if (!scope.expiresAt().equals(before.scope().expiresAt())) {
            IssuePolicy.checkExpiry(scope.expiresAt(), account.policy(), before.createdAt());
        }
        IssuePolicy.checkProtocols(scope.protocols(), account.policy());
        IssuePolicy.checkNetworks(account.account(), scope);
        return scope;
    }

    /** Refuses it and ends its sessions, until it is resumed. */
    public Optional<AppPassword> suspend(LoginName owner, AppPasswordId id, By by) throws StoreUnavailableException {
        return store.revise(owner, id, AppPassword::suspend, by);
    }

    /** Takes a suspension back, and forgives that nobody used it for long. */
    public Optional<AppPassword> resume(LoginName owner, AppPasswordId id, By by) throws StoreUnavailableException {
        return store.revise(owner, id, one -> one.resume(by.at()), by);
    }
}
