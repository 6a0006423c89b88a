package postern.credentials;

import java.util.Optional;

/** What is kept of a secret: enough to know it again, too little to tell it. */
public sealed interface Proof {

    /**
     * Of a secret that was drawn here.
     *
     * @param tag finds it among the owner's; no other of the owner's has the same
     */
    record Drawn(LookupTag tag, PasswordHash hash) implements Proof {}

    /**
     * Of a secret that another system kept, perhaps one that its owner chose: nothing finds it, so that
     * nothing helps to guess it.
     *
     * @param externalId what it was called there; no two have the same
     * @param hash as that system made it
     */
    record Imported(String externalId, String hash) implements Proof {

        @Override
        public String toString() {
            return "Imported[externalId=" + externalId + ", hash=***]";
        }
    }

    /** The same, once the secret was shown here and we made our own hash of it. */
    record Taken(String externalId, PasswordHash hash) implements Proof {}

    /** Empty when nothing finds it. */
    default Optional<LookupTag> findableBy() {
        return switch (this) {
            case Drawn(LookupTag tag, var _) -> Optional.of(tag);
            case Imported _, Taken _ -> Optional.empty();
        };
    }
}
