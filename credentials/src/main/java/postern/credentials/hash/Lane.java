package postern.credentials.hash;

/** Who goes first when many wait for a hashing thread. */
public enum Lane {
    /** Comes from where this person has logged in before. */
    FAMILIAR,
    STRANGER
}
