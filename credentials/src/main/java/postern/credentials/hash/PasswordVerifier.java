package postern.credentials.hash;

import java.util.concurrent.CompletionStage;
import postern.credentials.AppPassword;
import postern.credentials.PasswordHash;
import postern.credentials.PresentedSecret;
import postern.credentials.hash.RecentMatches.Match;

/**
 * Proves a secret against a stored hash, at the price of one Argon2 on the hashing pool.
 *
 * <p>Mail clients log in every few minutes with the same secret, so a "yes" is remembered for a
 * while, and many connections opened at once share one. It saves the price, never the decision: a
 * revoked app password is not a candidate any more, whatever is remembered of it.
 */
public final class PasswordVerifier {

    private final Argon2Hasher hasher;
    private final HashingPool hashingPool;
    private final FingerprintKey processKey;
    private final RecentMatches recentMatches;

    public PasswordVerifier(
            Argon2Hasher hasher, HashingPool hashingPool, FingerprintKey processKey, RecentMatches recentMatches) {
        this.hasher = hasher;
        this.hashingPool = hashingPool;
        this.processKey = processKey;
        this.recentMatches = recentMatches;
    }

    /**
     * Waits for a free worker; never call it on an event loop.
     *
     * @param gone ends the waiting, for this client alone
     * @throws postern.credentials.BusyException when too many wait already, or it waited too long
     * @throws postern.credentials.ClientGoneException when {@code gone} came first
     */
    public boolean proves(
            PresentedSecret secret, AppPassword candidate, PasswordHash hash, Lane lane, CompletionStage<?> gone) {
        Match match = new Match(candidate.id(), processKey.fingerprint(candidate.owner(), secret));
        return recentMatches.matches(
                match,
                () -> hashingPool.run(
                        lane, gone, () -> hasher.proves(secret, candidate.owner(), candidate.id(), hash)));
    }
}
