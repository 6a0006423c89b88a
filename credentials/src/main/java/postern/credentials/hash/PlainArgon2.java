package postern.credentials.hash;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import de.mkammerer.argon2.Argon2Version;

/**
 * Argon2 as other systems use it: no pepper, and made for nobody in particular. For hashes that were
 * brought from there; ours come from {@link Argon2Hasher}.
 *
 * <p>Blocks, and takes memory of its own outside the heap: the {@link HashingPool} runs it.
 */
public enum PlainArgon2 {
    ARGON2I(Argon2Types.ARGON2i),
    ARGON2ID(Argon2Types.ARGON2id);

    private final Argon2Types type;

    PlainArgon2(Argon2Types type) {
        this.type = type;
    }

    /**
     * Version 1.3, like all hashes of the last ten years. Whoever calls has looked at the cost.
     *
     * @param secret not empty: the native library is not asked for no bytes
     */
    public byte[] digest(int memoryKib, int passes, int lanes, byte[] secret, byte[] salt, int digestBytes) {
        Argon2Advanced argon2 = Argon2Factory.createAdvanced(type, salt.length, digestBytes);
        return argon2.rawHashAdvanced(
                passes, memoryKib, lanes, secret, salt, null, null, digestBytes, Argon2Version.V13);
    }
}
