package postern.credentials;

/** What is kept of a secret: enough to know it again, too little to tell it. */
public sealed interface Proof {

    /**
     * Of a secret that was drawn here.
     *
     * @param tag finds it among the owner's; no other of the owner's has the same
     */
    record Drawn(LookupTag tag, PasswordHash hash) implements Proof {}
}
