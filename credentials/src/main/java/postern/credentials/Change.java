package postern.credentials;

import java.util.List;

/**
 * Something that was changed in the store, by whichever node. Whoever keeps anything that the store
 * has said answers each of these.
 */
public sealed interface Change {

    /** Who was nobody here is somebody now. */
    record AccountAdded(LoginName name) implements Change {}

    /** Another name leads to it, too. */
    record AliasAdded(LoginName account, LoginName alias) implements Change {}

    /**
     * It is enabled or not, has another mailbox, an alias less, is a stranger everywhere; or it is gone
     * with all it had.
     */
    record AccountChanged(LoginName name) implements Change {}

    /** The owner has a new app password. */
    record Issued(LoginName owner, AppPasswordId appPassword) implements Change {}

    /** It has another name, scope, state or proof. */
    record Revised(LoginName owner, AppPasswordId appPassword) implements Change {}

    /** It is refused from now on. */
    record Revoked(LoginName owner, AppPasswordId appPassword) implements Change {}

    /** Everything that the owner had is refused from now on. */
    record AllRevoked(LoginName owner) implements Change {}

    /** Other rules hold for these. */
    record PolicyChanged(PolicySubject subject) implements Change {}

    /** Nobody is believed there for a while. */
    record HoldsBegan(List<SharedHold> holds) implements Change {

        public HoldsBegan {
            holds = List.copyOf(holds);
        }
    }

    /** An administrator wants these sessions to end, that are there now. Whoever comes back is let in. */
    record SessionsEnded(SessionChoice which) implements Change {}

    /** Whatever was held against this name, or this network, is forgiven. */
    record HoldCleared(Held held) implements Change {}

    /** The owner has let us into a mailbox upstream, or does no more. */
    record GrantChanged(LoginName owner) implements Change {}

    /** It opens the admin API no more, or for less long. */
    record ApiTokenChanged(ApiTokenId token) implements Change {}

    /**
     * Nobody can say any more what was changed: this node was away from the store for longer than
     * changes are kept, the store was put back to an earlier day, or somebody was erased, whose name is not
     * told any more. Whatever was kept may be wrong.
     */
    record Missed() implements Change {}
}
