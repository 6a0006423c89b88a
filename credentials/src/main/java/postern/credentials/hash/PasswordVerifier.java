package postern.credentials.hash;

import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import postern.credentials.AppPassword;
import postern.credentials.LoginName;
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
            PresentedSecret secret, AppPassword candidate, PasswordHash hash, Turn turn, CompletionStage<?> gone) {
        return recentMatches.matches(
                match(secret, candidate),
                () -> hashingPool.run(
                        turn, gone, () -> hasher.proves(secret.letters(), candidate.owner(), candidate.id(), hash)));
    }

    /** Whether that was proven lately, and would cost nothing. */
    public boolean provedLately(PresentedSecret secret, AppPassword candidate) {
        return recentMatches.has(match(secret, candidate));
    }

    /**
     * The same of a secret that was made elsewhere, whose bytes count as they were typed.
     *
     * @param proof what proves it, at its price
     */
    public boolean provesAsTyped(
            PresentedSecret secret, AppPassword candidate, BooleanSupplier proof, Turn turn, CompletionStage<?> gone) {
        return recentMatches.matches(
                matchAsTyped(secret, candidate), () -> hashingPool.run(turn, gone, proof::getAsBoolean));
    }

    /** Whether that was proven lately, and would cost nothing. */
    public boolean provedAsTyped(PresentedSecret secret, AppPassword candidate) {
        return recentMatches.has(matchAsTyped(secret, candidate));
    }

    /** By which a secret is known again that was none. */
    public Fingerprint asTyped(PresentedSecret secret, LoginName owner) {
        return processKey.fingerprintAsTyped(owner, secret);
    }

    private Match match(PresentedSecret secret, AppPassword candidate) {
        return new Match(candidate.id(), processKey.fingerprint(candidate.owner(), secret));
    }

    private Match matchAsTyped(PresentedSecret secret, AppPassword candidate) {
        return new Match(candidate.id(), asTyped(secret, candidate.owner()));
    }
}
