package postern.credentials.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.BusyException;
import postern.credentials.By;
import postern.credentials.CredentialStore;
import postern.credentials.LookupTag;
import postern.credentials.PasswordHash;
import postern.credentials.PresentedSecret;
import postern.credentials.Proof;
import postern.credentials.StoreUnavailableException;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.Lane;
import postern.credentials.hash.LookupKeys;
import postern.credentials.hash.Turn;

/**
 * Brings what is kept of a secret up to date, when the secret is there: made under a key that is not
 * the current one any more, at another cost, or elsewhere. So keys are changed and hashes made stronger without
 * anybody having to do anything. Once for each: who comes second finds it done.
 */
public final class Renewal {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(1);
    private static final long MOST_REMEMBERED = 100_000;

    private final CredentialStore store;
    private final LookupKeys lookupKeys;
    private final Argon2Hasher hasher;
    private final HashingPool hashingPool;
    private final InstantSource clock;
    private final Executor later;
    private final Cache<AppPasswordId, Boolean> tried;

    /**
     * @param later starts a virtual thread for each
     */
    public Renewal(
            CredentialStore store,
            LookupKeys lookupKeys,
            Argon2Hasher hasher,
            HashingPool hashingPool,
            InstantSource clock,
            Ticker ticker,
            Executor later) {
        this.store = store;
        this.lookupKeys = lookupKeys;
        this.hasher = hasher;
        this.hashingPool = hashingPool;
        this.clock = clock;
        this.later = later;
        this.tried = Caffeine.newBuilder()
                .expireAfterWrite(BETWEEN_TRIES)
                .maximumSize(MOST_REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /** The secret has just proven it. */
    void consider(PresentedSecret secret, AppPassword proven) {
        if (!isCurrent(proven.proof()) && tried.asMap().putIfAbsent(proven.id(), true) == null) {
            PresentedSecret kept = secret.copy();
            later.execute(() -> renew(kept, proven));
        }
    }

    private boolean isCurrent(Proof proof) {
        return switch (proof) {
            case Proof.Drawn(LookupTag tag, PasswordHash hash) -> lookupKeys.isCurrent(tag) && hasher.isCurrent(hash);
            case Proof.Imported _ -> false;
            case Proof.Taken(var _, PasswordHash hash) -> hasher.isCurrent(hash);
        };
    }

    private void renew(PresentedSecret kept, AppPassword proven) {
        try (kept) {
            Proof renewed = switch (proven.proof()) {
                case Proof.Drawn _ ->
                    new Proof.Drawn(lookupKeys.tag(proven.owner(), kept), hash(kept.letters(), proven));
                case Proof.Imported(String externalId, var _) ->
                    new Proof.Taken(externalId, hash(kept.asTyped(), proven));
                case Proof.Taken(String externalId, var _) -> new Proof.Taken(externalId, hash(kept.asTyped(), proven));
            };
            store.revise(
                    proven.owner(),
                    proven.id(),
                    now -> now.proof().equals(proven.proof()) ? now.withProof(renewed) : now,
                    By.system("login", clock.instant()));
        } catch (BusyException | StoreUnavailableException e) {
            LOG.atInfo()
                    .addKeyValue("app_password", proven.id())
                    .addKeyValue("cause", e.getMessage())
                    .log("a hash is not renewed yet; a later login tries again");
        }
    }

    private PasswordHash hash(byte[] secret, AppPassword proven) {
        return hashingPool.run(Turn.of(Lane.STRANGER), () -> hasher.hash(secret, proven.owner(), proven.id()));
    }
}
