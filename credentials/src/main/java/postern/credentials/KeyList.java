package postern.credentials;

import java.io.IOException;
import java.util.List;
import postern.credentials.KeyMarks.Ring;

/** Which keys a node has, and what in the store needs them. Tells of a key by its id, and never what it is. */
public interface KeyList {

    /**
     * One of them.
     *
     * @param active whether what is made after the next start is made under it
     * @param uses how many app passwords, or grants, open nothing without it
     */
    record Listed(Ring ring, KeyId id, boolean active, int uses) {}

    /** By their rings, the active one first. */
    List<Listed> all() throws IOException, StoreUnavailableException;
}
