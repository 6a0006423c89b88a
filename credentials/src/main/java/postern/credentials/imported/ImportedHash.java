package postern.credentials.imported;

import java.time.Duration;

/**
 * What another system kept of a secret, and how it made it. The secret may be one that its owner
 * chose, so nothing is taken away from it or put right: the bytes are the bytes.
 *
 * <p>Only what is on a closed list is one, at a cost that has an upper bound: the text says itself how
 * much work it takes to verify, and elsewhere a row that said too much has stopped the server.
 */
public sealed interface ImportedHash
        permits Argon2Hash, BcryptHash, DigestHash, Md5CryptHash, Pbkdf2Hash, ShaCryptHash {

    Duration LIFETIME_OF_A_WEAK_ONE = Duration.ofDays(30);

    /** As a file or a row has it, weak ones refused. */
    static ImportedHash parse(String text) {
        return parse(text, WeakHashes.REFUSED);
    }

    /**
     * As a file or a row has it, weak ones too if they are accepted.
     *
     * @throws IllegalArgumentException saying what was seen, and never any of the salt, the digest, or
     *     a password in the place of a hash
     */
    static ImportedHash parse(String text, WeakHashes weak) {
        return HashText.read(text, weak);
    }

    /** To keep it by: {@link #parse} reads it again, weak ones when they are accepted. */
    String text();

    /** What made it, as Dovecot calls it: for reports and counts. */
    String scheme();

    /** Whether who steals the store can try guesses by the million: better replaced soon. */
    default boolean isWeak() {
        return mustExpire();
    }

    /** Whether it is taken only when weak ones are accepted, and for the {@link #LIFETIME_OF_A_WEAK_ONE}. */
    default boolean mustExpire() {
        return false;
    }

    /** Roughly what {@link #proves} takes, as measured on one core of a small server. */
    Duration expectedTime();

    /**
     * Whether it was made of exactly these bytes. Never of none, whatever the hash says; and never of
     * bytes that no client can type.
     *
     * <p>Takes a core for the expected time, some memory outside the heap for Argon2, and belongs on the
     * hashing pool. Leaves the bytes as they are; its own copies are wiped.
     */
    boolean proves(byte[] secretAsTyped);
}
