package postern.proxy.conversation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.PresentedSecret;
import postern.proxy.conversation.Effect.Close;
import postern.proxy.conversation.Effect.Decide;
import postern.proxy.conversation.Effect.Forget;
import postern.proxy.conversation.Effect.Reject;
import postern.proxy.listen.Rejection;
import postern.proxy.sasl.SaslExchange;
import postern.proxy.sasl.SaslMechanism;
import postern.proxy.sasl.SaslStep;
import postern.proxy.sasl.SaslStep.ActingForAnother;
import postern.proxy.sasl.SaslStep.Cancelled;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.sasl.SaslStep.GoOn;
import postern.proxy.sasl.SaslStep.Malformed;
import postern.proxy.upstream.UpstreamFailure;

/**
 * Where a client stands until it is logged in. Pure: no channel, no clock, no threads. What a state
 * waits for is its kind, one of those below; a state of no kind is deaf. What a login comes to is the
 * same at every door, and stands here; what is said of it is each protocol's own.
 *
 * @param <S> the states of one protocol
 */
public interface ClientState<S extends ClientState<S>> {

    /** The last line before we close, without its line end. */
    String goodbye(String why);

    /** Where the conversation stands once that line is on its way. */
    S over();

    default Step<S, Effect> close(String... replies) {
        return Effect.to(over(), replies).and(new Close());
    }

    /** Closes behind these replies and a goodbye, on account of the client. */
    default Step<S, Effect> reject(Rejection why, String... replies) {
        String[] lines = Stream.concat(Arrays.stream(replies), Stream.of(goodbye(why.words())))
                .toArray(String[]::new);
        return Effect.to(over(), lines).and(new Reject(why)).and(new Close());
    }

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

    /** The client may log in. Nothing has been decided yet. */
    interface AwaitingLogin<S extends ClientState<S>, P extends Phrases> extends Listening<S> {

        boolean encrypted();

        /** Whether a password is read now. */
        default boolean takesPasswords() {
            return encrypted();
        }

        Patience patience();

        /** The same with so much patience left. */
        S having(Patience left);

        S asking(P phrases, SaslExchange next);

        S deciding(P phrases);

        default Step<S, Effect> answer(String... replies) {
            return with(patience().asked(), replies);
        }

        default Step<S, Effect> mistake(String... replies) {
            return with(patience().mistaken(), replies);
        }

        /** As long as we have any left. */
        default Step<S, Effect> with(Patience left, String... replies) {
            return left.exhausted().map(why -> reject(why, replies)).orElseGet(() -> Effect.to(having(left), replies));
        }

        /** What a client says to log in, whichever way it came. */
        default Step<S, Effect> take(P phrases, SaslStep said) {
            if (!takesPasswords()) {
                Step<S, Effect> refused = answer(phrases.refusal(Refusal.NOT_WITHOUT_TLS));
                return said instanceof Credentials(LoginName _, PresentedSecret secret)
                        ? refused.and(new Forget(secret))
                        : refused;
            }
            return switch (said) {
                case Credentials(LoginName name, PresentedSecret secret) -> decide(phrases, name, secret);
                case GoOn(SaslExchange next) -> Effect.to(asking(phrases, next), phrases.challenge(next.challenge()));
                case ActingForAnother() -> answer(phrases.refusal(Refusal.NOT_AS_ANOTHER));
                case Malformed(SaslMechanism mechanism) -> mistake(phrases.malformed(mechanism));
                case Cancelled() -> mistake(phrases.cancelled());
            };
        }

        /** Old clients try no password at all before they ask their owner for one; that is no guess. */
        private Step<S, Effect> decide(P phrases, LoginName name, PresentedSecret secret) {
            return secret.isBlank()
                    ? answer(phrases.refusal(Refusal.WRONG))
                    : Effect.to(deciding(phrases)).and(new Decide(name, secret));
        }
    }

    /** The client waits for an answer, and is told to come again should the conversation end here. */
    interface Owing<S extends ClientState<S>, P extends Phrases> extends ClientState<S> {

        P phrases();

        @Override
        default Optional<String> owed() {
            return Optional.of(phrases().refusal(Refusal.LATER));
        }
    }

    /** The client has been told to send its next message. */
    interface AwaitingMessage<S extends ClientState<S>, P extends Phrases> extends Listening<S>, Owing<S, P> {

        AwaitingLogin<S, P> before();

        default Step<S, Effect> on(SaslStep said) {
            return before().take(phrases(), said);
        }
    }

    /** A password is being checked. */
    interface AwaitingDecision<S extends ClientState<S>, P extends Phrases> extends Owing<S, P> {

        AwaitingLogin<S, P> before();

        Step<S, Effect> accepted(Accepted login);

        default Step<S, Effect> on(LoginOutcome outcome) {
            return switch (outcome) {
                case Accepted login -> accepted(login);
                case Denied(Reason reason, var _) -> refused(Refusal.of(reason));
                case Slowed _ -> refused(Refusal.WRONG);
                case TurnedAway _ -> reject(Rejection.FAILURES, phrases().refusal(Refusal.WRONG));
                case Unavailable _ -> close(phrases().refusal(Refusal.LATER), goodbye(Refusal.COME_AGAIN));
            };
        }

        private Step<S, Effect> refused(Refusal why) {
            return before().with(before().patience().missed(), phrases().refusal(why));
        }
    }

    /** The client is in; its mailbox is not open yet. */
    interface AwaitingMailbox<S extends ClientState<S>, P extends Phrases> extends Owing<S, P> {

        Step<S, Effect> onOpened(List<String> capabilities);

        /** There is no room for another session. */
        default Step<S, Effect> onFull() {
            return close(phrases().refusal(Refusal.FULL), goodbye(Refusal.COME_AGAIN));
        }

        default Step<S, Effect> on(UpstreamFailure failure) {
            return close(phrases().refusal(Refusal.of(failure)), goodbye(Refusal.COME_AGAIN));
        }
    }

    /** The last line is on its way out. */
    interface Over<S extends ClientState<S>> extends ClientState<S> {}
}
