package postern.credentials.hash;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import de.mkammerer.argon2.Argon2Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.PasswordHash;

/**
 * Argon2id with two things that no row of the store holds: the pepper, without which a stolen store
 * proves no guess, and the owner and id it was made for, so that a hash copied to another row proves
 * nothing there.
 *
 * <p>Blocks, and takes memory of its own outside the heap: the {@link HashingPool} runs it.
 */
public final class Argon2Hasher {

    private static final int SALT_BYTES = 16;
    private static final int DIGEST_BYTES = 32;
    private static final int LANES = 1;
    private static final Argon2Version VERSION = Argon2Version.V13;

    // The library's default is Argon2i.
    private final Argon2Advanced argon2 = Argon2Factory.createAdvanced(Argon2Types.ARGON2id, SALT_BYTES, DIGEST_BYTES);
    private final KeyRing peppers;
    private final HashingCost cost;
    private final SecureRandom random;

    public Argon2Hasher(KeyRing peppers, HashingCost cost, SecureRandom random) {
        this.peppers = peppers;
        this.cost = cost;
        this.random = random;
    }

    /**
     * A new hash.
     *
     * @param secret its letters, or of one that was made elsewhere its bytes
     */
    public PasswordHash hash(byte[] secret, LoginName owner, AppPasswordId id) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        KeyRing.Key pepper = peppers.active();
        return Phc.of(cost, salt, digest(cost, secret, salt, pepper, owner, id)).encoded(pepper.id());
    }

    public boolean proves(byte[] secret, LoginName owner, AppPasswordId id, PasswordHash hash) {
        Phc phc = Phc.of(hash);
        KeyRing.Key pepper = peppers.key(hash.pepper())
                .orElseThrow(() -> new IllegalStateException(
                        "pepper: " + hash.pepper() + " is not on the ring (expected: every one that is in use)"));
        return MessageDigest.isEqual(phc.digestBytes(), digest(phc.cost(), secret, phc.saltBytes(), pepper, owner, id));
    }

    /** Whether it was made as one would be made now. */
    public boolean isCurrent(PasswordHash hash) {
        return hash.pepper().equals(peppers.active().id())
                && Phc.of(hash).cost().equals(cost);
    }

    private byte[] digest(
            HashingCost cost, byte[] secret, byte[] salt, KeyRing.Key pepper, LoginName owner, AppPasswordId id) {
        byte[] madeFor = (owner.value() + "\0" + id.value()).getBytes(StandardCharsets.UTF_8);
        return digest(cost, LANES, secret, salt, pepper.bytes(), madeFor);
    }

    /** With all that goes into one. */
    byte[] digest(HashingCost cost, int lanes, byte[] secret, byte[] salt, byte[] pepper, byte[] madeFor) {
        return argon2.rawHashAdvanced(
                cost.passes(), cost.memoryKib(), lanes, secret, salt, pepper, madeFor, DIGEST_BYTES, VERSION);
    }
}
