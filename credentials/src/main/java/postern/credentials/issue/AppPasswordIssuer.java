package postern.credentials.issue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.CredentialStore;
import postern.credentials.LoginName;
import postern.credentials.PasswordHash;
import postern.credentials.PresentedSecret;
import postern.credentials.StoreUnavailableException;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.FingerprintKey;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.Lane;
import postern.credentials.issue.Issue.LimitReached;
import postern.credentials.issue.Issue.Made;
import postern.credentials.issue.Issue.NoSuchPerson;

/** Makes an app password, hands its secret out once, and keeps only what proves it. */
public final class AppPasswordIssuer {

    private final CredentialStore store;
    private final SecretGenerator secrets;
    private final FingerprintKey lookupKey;
    private final Argon2Hasher hasher;
    private final HashingPool hashingPool;
    private final SecureRandom random;
    private final InstantSource clock;
    private final int limit;

    /**
     * @param limit how many app passwords a person may have at any one time
     */
    public AppPasswordIssuer(
            CredentialStore store,
            FingerprintKey lookupKey,
            Argon2Hasher hasher,
            HashingPool hashingPool,
            SecureRandom random,
            InstantSource clock,
            int limit) {
        this.store = store;
        this.secrets = new SecretGenerator(random);
        this.lookupKey = lookupKey;
        this.hasher = hasher;
        this.hashingPool = hashingPool;
        this.random = random;
        this.clock = clock;
        this.limit = limit;
    }

    /**
     * Waits for a free hashing thread; never call it on an event loop.
     *
     * @throws IllegalArgumentException saying which of name and lifetime is not one
     * @throws postern.credentials.BusyException when too many wait already
     */
    public Issue issue(LoginName owner, String name, Optional<Instant> expiresAt) throws StoreUnavailableException {
        if (store.person(owner).isEmpty()) {
            return new NoSuchPerson(owner); // before an Argon2 is spent on nobody
        }
        while (true) {
            String shown = secrets.draw();
            AppPassword made = make(owner, name, expiresAt, shown);
            switch (store.add(made, limit)) {
                case ADDED -> {
                    return new Made(made, shown);
                }
                case NO_SUCH_PERSON -> {
                    return new NoSuchPerson(owner);
                }
                case LIMIT_REACHED -> {
                    return new LimitReached(limit);
                }
                case TAG_TAKEN -> {} // one in 2^40 for each the owner has: draw another secret
            }
        }
    }

    private AppPassword make(LoginName owner, String name, Optional<Instant> expiresAt, String shown) {
        AppPasswordId id = AppPasswordId.draw(random);
        try (PresentedSecret secret = PresentedSecret.typed(shown.getBytes(StandardCharsets.US_ASCII))) {
            PasswordHash hash = hashingPool.run(Lane.FAMILIAR, () -> hasher.hash(secret, owner, id));
            return new AppPassword(
                    id,
                    owner,
                    name,
                    lookupKey.fingerprint(owner, secret).tag(),
                    hash,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    expiresAt);
        }
    }
}
