package postern.credentials.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AccountSnapshot;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.BusyException;
import postern.credentials.By;
import postern.credentials.CredentialStore;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.PasswordHash;
import postern.credentials.Proof;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.TickerTime;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.Fingerprint;
import postern.credentials.hash.Lane;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.Turn;
import postern.credentials.imported.ImportedHash;
import postern.credentials.imported.WeakHashes;

/**
 * Secrets that were made elsewhere. Nothing finds the one that is meant, so they are tried one after
 * the other, and each try costs a hash: few at a time, so many a minute for an account and for a source,
 * and a wrong one that comes again is known for a minute. Whoever misses one a hundred times in a row
 * has it suspended: it may be a secret that can be guessed.
 */
public final class ImportedSecrets {

    static final int MOST_TRIED = 5;
    static final int TRIES_A_MINUTE = 10;

    /** NIST SP 800-63B: so many in a row, and then it is locked. */
    static final int MOST_MISSES = 100;

    private static final int LONGEST = 256;
    private static final Duration WRONG_FOR = Duration.ofMinutes(1);
    private static final long MOST_REMEMBERED = 50_000;
    private static final Logger LOG = LoggerFactory.getLogger(ImportedSecrets.class);

    private final CredentialStore store;
    private final PasswordVerifier verifier;
    private final Argon2Hasher hasher;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Executor later;

    /** What a secret was tried on in vain. One that was imported since is not among them, and is tried. */
    private final Cache<Fingerprint, Set<AppPasswordId>> wrong;

    private final Cache<LoginName, Bucket> ofAccounts;
    private final Cache<SourceNetwork, Bucket> ofSources;

    /**
     * @param later starts a virtual thread for each count of misses
     */
    public ImportedSecrets(
            CredentialStore store,
            PasswordVerifier verifier,
            Argon2Hasher hasher,
            InstantSource clock,
            Ticker ticker,
            Executor later) {
        this.store = store;
        this.verifier = verifier;
        this.hasher = hasher;
        this.clock = clock;
        this.ticker = ticker;
        this.later = later;
        this.wrong = forAMinute();
        this.ofAccounts = forAMinute();
        this.ofSources = forAMinute();
    }

    private <K, V> Cache<K, V> forAMinute() {
        return Caffeine.newBuilder()
                .expireAfterWrite(WRONG_FOR)
                .maximumSize(MOST_REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /**
     * The imported app password that this is the secret of.
     *
     * @throws BusyException when this account or source has tried too many: nobody says that it is wrong
     */
    Optional<AppPassword> find(LoginAttempt attempt, AccountSnapshot account, Turn turn) {
        List<AppPassword> candidates = candidates(account);
        if (candidates.isEmpty() || attempt.secret().asTyped().length > LONGEST) {
            return Optional.empty();
        }
        Optional<AppPassword> lately = candidates.stream()
                .filter(one -> verifier.provedAsTyped(attempt.secret(), one))
                .findFirst();
        return lately.isPresent() ? lately : tryAll(attempt, candidates, turn);
    }

    /** The ones used last first. */
    private static List<AppPassword> candidates(AccountSnapshot account) {
        Comparator<AppPassword> lastUse = Comparator.comparing(
                one -> account.lastUses().getOrDefault(one.id(), Instant.MIN), Comparator.reverseOrder());
        return account.imported().stream()
                .filter(one -> !one.suspended())
                .sorted(lastUse)
                .limit(MOST_TRIED)
                .toList();
    }

    private Optional<AppPassword> tryAll(LoginAttempt attempt, List<AppPassword> candidates, Turn turn) {
        Fingerprint fingerprint = verifier.asTyped(attempt.secret(), attempt.name());
        Set<AppPasswordId> ids = candidates.stream().map(AppPassword::id).collect(Collectors.toSet());
        Set<AppPasswordId> inVain = wrong.getIfPresent(fingerprint);
        if (inVain != null && inVain.containsAll(ids)) {
            return Optional.empty();
        }
        for (AppPassword candidate : candidates) {
            pay(attempt, turn);
            if (verifier.provesAsTyped(attempt.secret(), candidate, proof(attempt, candidate), turn, attempt.gone())) {
                later.execute(() -> count(candidate.owner(), Set.of(candidate.id()), false));
                return Optional.of(candidate);
            }
        }
        wrong.put(fingerprint, ids);
        later.execute(() -> count(candidates.getFirst().owner(), ids, true));
        return Optional.empty();
    }

    private BooleanSupplier proof(LoginAttempt attempt, AppPassword candidate) {
        byte[] secret = attempt.secret().asTyped();
        return switch (candidate.proof()) {
            case Proof.Drawn _ ->
                throw new IllegalArgumentException("one that a tag finds (expected: an imported one)");
            case Proof.Imported(var _, String text) -> {
                ImportedHash hash = ImportedHash.parse(text, WeakHashes.ACCEPTED);
                yield () -> hash.proves(secret);
            }
            case Proof.Taken(var _, PasswordHash hash) ->
                () -> hasher.proves(secret, candidate.owner(), candidate.id(), hash);
        };
    }

    /** Strangers share what an account has, so that they use up none of what its own devices have. */
    private void pay(LoginAttempt attempt, Turn turn) {
        boolean paid = bucket(ofSources, SourceNetwork.of(attempt.client())).tryConsume(1)
                && (turn.lane() == Lane.FAMILIAR
                        || bucket(ofAccounts, attempt.name()).tryConsume(1));
        if (!paid) {
            throw new BusyException("too many tries of imported app passwords within a minute");
        }
    }

    private <K> Bucket bucket(Cache<K, Bucket> buckets, K whose) {
        return buckets.get(whose, _ -> new TickerTime(ticker).perMinute(TRIES_A_MINUTE));
    }

    private void count(LoginName owner, Set<AppPasswordId> tried, boolean missed) {
        try {
            if (missed) {
                store.missed(owner, tried, MOST_MISSES, By.system("login", clock.instant()));
            } else {
                store.hit(tried);
            }
        } catch (StoreUnavailableException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("a miss of imported app passwords is not counted");
        }
    }
}
