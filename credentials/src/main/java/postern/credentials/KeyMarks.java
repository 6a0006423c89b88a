package postern.credentials;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Of the keys outside the store, those that something in it was made under. */
public interface KeyMarks {

    /** Each kind of key has a ring of its own: the one in use, and older ones that still open what they closed. */
    enum Ring {
        LOOKUP,
        PEPPER,
        VAULT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The keys of this ring that were ever used with this store, and are not retired. */
    Set<KeyId> keys(Ring ring) throws StoreUnavailableException;

    /** Remembers a key. */
    void keep(Ring ring, KeyId key) throws StoreUnavailableException;

    /** Forgets a key that was retired. */
    void forget(Ring ring, KeyId key) throws StoreUnavailableException;

    /** How many app passwords that are not revoked are found, or proven, by which key; or how many grants it seals. */
    Map<KeyId, Integer> uses(Ring ring) throws StoreUnavailableException;
}
