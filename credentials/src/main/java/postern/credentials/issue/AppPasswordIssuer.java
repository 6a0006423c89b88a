package postern.credentials.issue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import postern.credentials.AccountSnapshot;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.By;
import postern.credentials.CredentialStore;
import postern.credentials.LoginName;
import postern.credentials.PasswordHash;
import postern.credentials.Policy;
import postern.credentials.PresentedSecret;
import postern.credentials.Proof;
import postern.credentials.Scope;
import postern.credentials.StoreUnavailableException;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.Lane;
import postern.credentials.hash.LookupKeys;
import postern.credentials.hash.Turn;
import postern.credentials.issue.Issue.LimitReached;
import postern.credentials.issue.Issue.Made;
import postern.credentials.issue.Issue.NoSuchAccount;
import postern.credentials.issue.Issue.Refused;
import postern.credentials.issue.Issue.Why;

/** Makes an app password as policy allows, hands its secret out once, and keeps only what proves it. */
public final class AppPasswordIssuer {

    private final CredentialStore store;
    private final Policy configuration;
    private final SecretGenerator secrets;
    private final LookupKeys lookupKeys;
    private final Argon2Hasher hasher;
    private final HashingPool hashingPool;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * @param configuration the policy's lowest layer
     */
    public AppPasswordIssuer(
            CredentialStore store,
            Policy configuration,
            LookupKeys lookupKeys,
            Argon2Hasher hasher,
            HashingPool hashingPool,
            SecureRandom random,
            InstantSource clock) {
        this.store = store;
        this.configuration = configuration;
        this.secrets = new SecretGenerator(random);
        this.lookupKeys = lookupKeys;
        this.hasher = hasher;
        this.hashingPool = hashingPool;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Waits for a free hashing thread; never call it on an event loop.
     *
     * @throws IllegalArgumentException saying what of the order cannot be
     * @throws postern.credentials.BusyException when too many wait already
     */
    public Issue issue(Order order, By by) throws StoreUnavailableException {
        Optional<AccountSnapshot> owner = snapshot(order.owner());
        if (owner.isEmpty()) {
            return new NoSuchAccount(order.owner());
        }
        Optional<Why> objection = IssuePolicy.objection(owner.get(), by);
        return objection.isPresent() ? new Refused(objection.get()) : issue(order, owner.get(), by);
    }

    /**
     * Says what would come of it, and makes nothing.
     *
     * @return empty when it would be made
     * @throws IllegalArgumentException saying what of the order cannot be
     */
    public Optional<Issue> check(Order order, By by) throws StoreUnavailableException {
        Optional<AccountSnapshot> found = snapshot(order.owner());
        if (found.isEmpty()) {
            return Optional.of(new NoSuchAccount(order.owner()));
        }
        AccountSnapshot owner = found.get();
        Optional<Why> objection = IssuePolicy.objection(owner, by);
        if (objection.isPresent()) {
            return Optional.of(new Refused(objection.get()));
        }
        Instant now = clock.instant();
        AppPassword.checkName(order.name());
        Scope scope = IssuePolicy.scope(order, owner, now);
        AppPassword.checkEnd(scope, now);
        IssuePolicy.checkNetworks(owner.account(), scope);
        long living = owner.appPasswords().values().stream()
                .filter(one -> !one.scope().hasExpiredAt(now))
                .count();
        int most = owner.policy().mostPerAccount();
        return living < most ? Optional.empty() : Optional.of(new LimitReached(most));
    }

    private Optional<AccountSnapshot> snapshot(LoginName name) throws StoreUnavailableException {
        Optional<LoginName> account = store.canonical(name);
        return account.isEmpty() ? Optional.empty() : store.snapshot(account.get(), configuration);
    }

    private Issue issue(Order order, AccountSnapshot owner, By by) throws StoreUnavailableException {
        Policy policy = owner.policy();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Scope scope = IssuePolicy.scope(order, owner, now);
        IssuePolicy.checkNetworks(owner.account(), scope);
        while (true) {
            String shown = secrets.draw(policy.secretLength());
            AppPassword made = make(owner.account().loginName(), order.name(), scope, shown, now);
            switch (store.add(made, policy.mostPerAccount(), by)) {
                case ADDED -> {
                    return new Made(made, shown);
                }
                case NO_SUCH_ACCOUNT -> {
                    return new NoSuchAccount(order.owner());
                }
                case LIMIT_REACHED -> {
                    return new LimitReached(policy.mostPerAccount());
                }
                case IMPORTED_BEFORE -> throw new IllegalStateException("drawn here, and imported");
                case TAG_TAKEN -> {} // one in 2^40 for each the owner has: draw another secret
            }
        }
    }

    private AppPassword make(LoginName owner, String name, Scope scope, String shown, Instant now) {
        AppPasswordId id = AppPasswordId.draw(random);
        try (PresentedSecret secret = PresentedSecret.typed(shown.getBytes(StandardCharsets.US_ASCII))) {
            PasswordHash hash = hashingPool.run(Turn.of(Lane.FAMILIAR), () -> hasher.hash(secret.letters(), owner, id));
            Proof proof = new Proof.Drawn(lookupKeys.tag(owner, secret), hash);
            return new AppPassword(id, owner, name, proof, scope, now);
        }
    }
}
