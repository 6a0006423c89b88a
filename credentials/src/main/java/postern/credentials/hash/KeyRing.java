package postern.credentials.hash;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import postern.credentials.KeyId;

/**
 * Keys for one purpose: the first is used for what is made from now on, the others for what was made
 * before. So a key can be changed while everything goes on, and retired when nothing needs it any more.
 */
public record KeyRing(List<Key> keys) {

    /** Prints its id. */
    public static final class Key {

        private final KeyId id;
        private final byte[] bytes;

        private Key(KeyId id, byte[] bytes) {
            this.id = id;
            this.bytes = bytes;
        }

        public static Key of(byte[] bytes) {
            return new Key(KeyFile.id(bytes), bytes.clone());
        }

        public KeyId id() {
            return id;
        }

        /** For whoever locks or unlocks with it, and nobody else. */
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    public KeyRing {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("key ring: empty (expected: at least one key)");
        }
        if (keys.stream().map(Key::id).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("key ring: one key twice (expected: each once)");
        }
    }

    public static KeyRing of(byte[] only) {
        return new KeyRing(List.of(Key.of(only)));
    }

    public Key active() {
        return keys.getFirst();
    }

    public Optional<Key> key(KeyId id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    public Set<KeyId> ids() {
        return keys.stream().map(Key::id).collect(Collectors.toSet());
    }
}
