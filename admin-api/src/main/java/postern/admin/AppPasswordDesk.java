package postern.admin;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import postern.admin.Answer.Issued;
import postern.admin.Answer.LimitReached;
import postern.admin.Answer.Listed;
import postern.admin.Answer.NoSuchAccount;
import postern.admin.Answer.NoSuchAppPassword;
import postern.admin.Answer.NotAllowed;
import postern.admin.Answer.Revoked;
import postern.admin.Answer.Unfit;
import postern.credentials.AccountStore;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.By;
import postern.credentials.CredentialStore;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.issue.AppPasswordIssuer;
import postern.credentials.issue.Issue;
import postern.credentials.issue.Issue.Why;
import postern.credentials.issue.Order;

/** Makes, lists and revokes a person's app passwords. Blocks, as the store and the hashing do. */
public final class AppPasswordDesk {

    private final AccountStore accounts;
    private final CredentialStore store;
    private final AppPasswordIssuer issuer;
    private final InstantSource clock;

    public AppPasswordDesk(
            AccountStore accounts, CredentialStore store, AppPasswordIssuer issuer, InstantSource clock) {
        this.accounts = accounts;
        this.store = store;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** An end is kept to the millisecond, so that what is told now is what is listed later. */
    public Answer issue(LoginName owner, String name, Optional<Instant> expiresAt, String requestId)
            throws StoreUnavailableException {
        try {
            Order order = Order.of(owner, name).withExpiresAt(expiresAt.map(end -> end.truncatedTo(ChronoUnit.MILLIS)));
            return switch (issuer.issue(order, by(requestId))) {
                case Issue.Made(AppPassword made, String secret) -> new Issued(owner, AppPasswordView.of(made), secret);
                case Issue.NoSuchAccount _ -> new NoSuchAccount(owner);
                case Issue.LimitReached(int limit) -> new LimitReached(owner, limit);
                case Issue.Refused(Why why) -> new NotAllowed(owner, why);
            };
        } catch (IllegalArgumentException e) {
            return new Unfit(String.valueOf(e.getMessage()));
        }
    }

    public Answer list(LoginName owner) throws StoreUnavailableException {
        return accounts.account(owner).isEmpty()
                ? new NoSuchAccount(owner)
                : new Listed(store.of(owner).stream().map(AppPasswordView::of).toList());
    }

    /** Returns when the revocation is in force. */
    public Answer revoke(LoginName owner, AppPasswordId id, String requestId) throws StoreUnavailableException {
        return store.revoke(owner, id, by(requestId)) ? new Revoked(id) : new NoSuchAppPassword(owner);
    }

    private By by(String requestId) {
        return By.administrator("admin API", clock.instant()).during(requestId);
    }
}
