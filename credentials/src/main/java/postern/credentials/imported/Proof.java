package postern.credentials.imported;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The one way a secret meets a digest: on a copy that is wiped, in constant time. */
final class Proof {

    private static final int MAX_SECRET = 256;

    private Proof() {}

    /**
     * @param hashing gets a copy to do with as it likes: some libraries wipe what they are given
     */
    static boolean holds(byte[] secretAsTyped, byte[] digest, UnaryOperator<byte[]> hashing) {
        if (!canBeASecret(secretAsTyped)) {
            return false;
        }
        byte[] copy = secretAsTyped.clone();
        try {
            return MessageDigest.isEqual(digest, hashing.apply(copy));
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /**
     * No client sends a NUL, and it does not count at the end for HMAC, nor anywhere after it for what
     * was written in C: two secrets would be one. An empty secret opens nothing, even if somebody had
     * one: old clients try it before they ask their owner. A long one is work for nothing.
     */
    private static boolean canBeASecret(byte[] secret) {
        boolean typed = secret.length > 0 && secret.length <= MAX_SECRET;
        for (byte one : secret) {
            typed &= one != 0;
        }
        return typed;
    }
}
