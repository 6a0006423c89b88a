package postern.credentials.imported;

import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;

/** One round of a digest over the secret and a salt, or no salt: what LDAP servers liked to keep. */
record DigestHash(DigestScheme kind, String base64) implements ImportedHash {

    DigestHash {
        int salt = Bound.base64(kind.toString(), base64).length - kind.digestBytes();
        Bound.within(kind + " salt bytes", salt, kind.isSalted() ? 1 : 0, kind.isSalted() ? 64 : 0);
    }

    static DigestHash of(DigestScheme kind, byte[] digestAndSalt) {
        return new DigestHash(kind, Base64.getEncoder().encodeToString(digestAndSalt));
    }

    @Override
    public String text() {
        return "{" + kind + "}" + base64;
    }

    @Override
    public String scheme() {
        return kind.toString();
    }

    @Override
    public boolean isWeak() {
        return true;
    }

    @Override
    public boolean mustExpire() {
        return kind.mustExpire();
    }

    @Override
    public Duration expectedTime() {
        return Duration.ofNanos(1_000);
    }

    @Override
    public boolean proves(byte[] secretAsTyped) {
        byte[] kept = Bound.base64(kind.toString(), base64);
        byte[] digest = Arrays.copyOf(kept, kind.digestBytes());
        byte[] salt = Arrays.copyOfRange(kept, kind.digestBytes(), kept.length);
        return Proof.holds(secretAsTyped, digest, secret -> kind.digest(secret, salt));
    }

    @Override
    public String toString() {
        return "{" + kind + "}***";
    }
}
