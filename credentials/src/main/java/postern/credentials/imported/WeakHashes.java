package postern.credentials.imported;

/** Whether hashes are taken that a thief of the store would guess through in hours. */
public enum WeakHashes {
    REFUSED,
    /** The operator has asked for it; {@link ImportedHash#mustExpire} then sets the day it ends. */
    ACCEPTED
}
