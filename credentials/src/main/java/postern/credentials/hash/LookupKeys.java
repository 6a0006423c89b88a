package postern.credentials.hash;

import java.util.List;
import postern.credentials.KeyId;
import postern.credentials.LoginName;
import postern.credentials.LookupTag;
import postern.credentials.PresentedSecret;

/** Makes the tags by which app passwords are found: one HMAC for each key of the ring, and there is seldom more than one. */
public final class LookupKeys {

    private record Key(KeyId id, FingerprintKey fingerprints) {

        LookupTag tag(LoginName owner, PresentedSecret secret) {
            return fingerprints.fingerprint(owner, secret).tag(id);
        }
    }

    private final List<Key> keys;

    public LookupKeys(KeyRing ring) {
        this.keys = ring.keys().stream()
                .map(key -> new Key(key.id(), new FingerprintKey(key.bytes())))
                .toList();
    }

    /** For what is made now. */
    public LookupTag tag(LoginName owner, PresentedSecret secret) {
        return keys.getFirst().tag(owner, secret);
    }

    /** All that an app password with this secret may have, the likeliest first. */
    public List<LookupTag> tags(LoginName owner, PresentedSecret secret) {
        return keys.stream().map(key -> key.tag(owner, secret)).toList();
    }

    /** Whether it was made under the key that is used now. */
    public boolean isCurrent(LookupTag tag) {
        return tag.key().equals(keys.getFirst().id());
    }
}
