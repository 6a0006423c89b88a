package postern.credentials;

/**
 * Something that was changed in the store, by whichever node. Whoever keeps anything that the store
 * has said answers each of these.
 */
public sealed interface Change {

    /** Who was nobody here is somebody now. */
    record PersonAdded(LoginName name) implements Change {}

    /** The owner has a new app password. */
    record Issued(LoginName owner, AppPasswordId appPassword) implements Change {}

    /** It is refused from now on. */
    record Revoked(LoginName owner, AppPasswordId appPassword) implements Change {}

    /**
     * Nobody can say any more what was changed: this node was away from the store for longer than
     * changes are kept, or the store was put back to an earlier day. Whatever was kept may be wrong.
     */
    record Missed() implements Change {}
}
