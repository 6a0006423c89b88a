package postern.proxy.conversation;

import java.util.List;
import java.util.Optional;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;
import postern.proxy.upstream.UpstreamFailure;

/**
 * Where a client stands until it is logged in. Pure: no channel, no clock, no threads. What a state
 * waits for is its kind, one of those below; a state of no kind is deaf.
 *
 * @param <S> the states of one protocol
 */
public interface ClientState<S extends ClientState<S>> {

    /** What to answer who waits for an answer, should the conversation end here. */
    default Optional<String> owed() {
        return Optional.empty();
    }

    /** Whether the client may speak now. What it says meanwhile waits its turn. */
    default boolean listens() {
        return this instanceof Listening<?>;
    }

    /** Waits for the client's next command, or the next message of one. */
    interface Listening<S extends ClientState<S>> extends ClientState<S> {}

    /** Waits for TLS, and is deaf until it is on: whatever was sent ahead of it was not the client's. */
    interface AwaitingTls<S extends ClientState<S>> extends ClientState<S> {

        Step<S, Effect> onEncrypted();
    }

    /** Waits for the decision about a secret. What each outcome comes to is the same at every door. */
    interface AwaitingDecision<S extends ClientState<S>> extends ClientState<S> {

        default Step<S, Effect> on(LoginOutcome outcome) {
            return switch (outcome) {
                case Accepted(LoginName name, AppPasswordId used) -> accepted(name, used);
                case Denied(Reason reason) -> refused(Refusal.of(reason));
                case Slowed _ -> refused(Refusal.WRONG);
                case TurnedAway _ -> shownTheDoor(Refusal.WRONG, Patience.FAILURES);
                case Unavailable _ -> shownTheDoor(Refusal.LATER, Refusal.COME_AGAIN);
            };
        }

        Step<S, Effect> accepted(LoginName name, AppPasswordId used);

        /** May try again, if it has not tried too often. */
        Step<S, Effect> refused(Refusal why);

        Step<S, Effect> shownTheDoor(Refusal why, String goodbye);
    }

    /** The client is in; its mailbox is not open yet. */
    interface AwaitingMailbox<S extends ClientState<S>> extends ClientState<S> {

        Step<S, Effect> onOpened(List<String> capabilities);

        Step<S, Effect> on(UpstreamFailure failure);
    }

    /** The last line is on its way out. */
    interface Over<S extends ClientState<S>> extends ClientState<S> {}
}
