package postern.proxy.imap;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.PresentedSecret;
import postern.proxy.conversation.ClientState;
import postern.proxy.conversation.Effect;
import postern.proxy.conversation.Effect.Close;
import postern.proxy.conversation.Effect.Decide;
import postern.proxy.conversation.Effect.Forget;
import postern.proxy.conversation.Effect.Join;
import postern.proxy.conversation.Effect.OpenMailbox;
import postern.proxy.conversation.Effect.StartTls;
import postern.proxy.conversation.Patience;
import postern.proxy.conversation.Refusal;
import postern.proxy.conversation.Step;
import postern.proxy.imap.ImapCommand.Authenticate;
import postern.proxy.imap.ImapCommand.Bad;
import postern.proxy.imap.ImapCommand.Capability;
import postern.proxy.imap.ImapCommand.Login;
import postern.proxy.imap.ImapCommand.Logout;
import postern.proxy.imap.ImapCommand.Noop;
import postern.proxy.imap.ImapCommand.UnknownMechanism;
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
 * What an IMAP client may say before it is logged in. Pure: no channel, no clock, no threads.
 *
 * <pre>
 *            STARTTLS ╭──→ Encrypting ──╮ the handshake is done
 *                     │                 ↓
 *   hello ──────→ Greeted ←─────────────╯←────────────────╮
 *                  │   │ ↑                                │
 *            LOGIN │   │ │ cancelled, malformed           │ denied, slowed
 *                  │   ↓ │                                │
 *                  │  Asking  AUTHENTICATE without        │
 *                  │   │      all its messages            │
 *                  ↓   ↓                                  │
 *                 Deciding ───────────────────────────────╯
 *                  │      │
 *         accepted │      │ unavailable, turned away, a third miss
 *                  ↓      ↓
 *                 Opening ──→ Closing ←── LOGOUT, too many of anything
 *                  │      the upstream failed
 *                  ↓
 *                 Joined, and the relay takes over
 * </pre>
 *
 * <p>{@code ImapStateTest} walks the arrows and fails when a state is missing from the picture.
 */
sealed interface ImapState extends ClientState<ImapState> {

    static Step<ImapState, Effect> hello(boolean encrypted) {
        Greeted greeted = Greeted.fresh(encrypted);
        return to(greeted, "* OK [CAPABILITY " + greeted.capabilities() + "] Postern ready.");
    }

    static String goodbye(String why) {
        return "* BYE " + why + ".";
    }

    private static Step<ImapState, Effect> to(ImapState next, String... replies) {
        return Effect.to(next, replies);
    }

    private static Step<ImapState, Effect> close(String... replies) {
        return to(new Closing(), replies).and(new Close());
    }

    private static String words(Refusal refusal) {
        return switch (refusal) {
            case WRONG -> " NO [AUTHENTICATIONFAILED] Wrong user name or app password.";
            case EXPIRED -> " NO [EXPIRED] This app password has expired.";
            case LATER -> " NO [UNAVAILABLE] Try again in a few minutes.";
            case NOT_AS_ANOTHER -> " NO [AUTHORIZATIONFAILED] Only as yourself.";
            case NOT_WITHOUT_TLS -> " NO [PRIVACYREQUIRED] Turn on TLS.";
            case ASK_SOMEBODY -> " NO [CONTACTADMIN] The mail server will not open this mailbox.";
            case BUSY -> " NO [LIMIT] The mail server opens no more of this mailbox now.";
            case NOT_REACHABLE -> " NO [UNAVAILABLE] The mail server is not reachable.";
        };
    }

    /** The client may log in. Nothing has been decided yet. */
    record Greeted(boolean encrypted, Patience patience) implements ImapState, Listening<ImapState> {

        static Greeted fresh(boolean encrypted) {
            return new Greeted(encrypted, Patience.FRESH);
        }

        Step<ImapState, Effect> on(ImapCommand command) {
            return switch (command) {
                case Noop(String tag) -> answer(tag + " OK Nothing happened.");
                case Capability(String tag) -> answer("* CAPABILITY " + capabilities(), tag + " OK That is all.");
                case Login(String tag, LoginName name, PresentedSecret secret) ->
                    take(tag, new Credentials(name, secret));
                case Authenticate(String tag, SaslStep first) -> take(tag, first);
                case UnknownMechanism(String tag) -> answer(tag + " NO I know PLAIN and LOGIN and no other mechanism.");
                case ImapCommand.StartTls(String tag) ->
                    encrypted
                            ? mistake(tag + " BAD TLS is on already.")
                            : to(new Encrypting(), tag + " OK Begin TLS.").and(new StartTls());
                case Logout(String tag) -> close(goodbye("See you"), tag + " OK Bye.");
                case Bad(String tag, String why) -> mistake(tag + " BAD " + why + ".");
            };
        }

        /** What a client says to log in, whichever way it came. */
        Step<ImapState, Effect> take(String tag, SaslStep said) {
            if (!encrypted) {
                Step<ImapState, Effect> refused = answer(tag + words(Refusal.NOT_WITHOUT_TLS));
                return said instanceof Credentials(LoginName _, PresentedSecret secret)
                        ? refused.and(new Forget(secret))
                        : refused;
            }
            return switch (said) {
                case Credentials(LoginName name, PresentedSecret secret) -> decide(tag, name, secret);
                case GoOn(SaslExchange next) -> to(new Asking(tag, next, this), "+ " + next.challenge());
                case ActingForAnother() -> answer(tag + words(Refusal.NOT_AS_ANOTHER));
                case Malformed(SaslMechanism mechanism) -> mistake(tag + " BAD That is no " + mechanism + " message.");
                case Cancelled() -> mistake(tag + " BAD Cancelled.");
            };
        }

        /** Old clients try no password at all before they ask their owner for one; that is no guess. */
        private Step<ImapState, Effect> decide(String tag, LoginName name, PresentedSecret secret) {
            return secret.isBlank()
                    ? answer(tag + words(Refusal.WRONG))
                    : to(new Deciding(tag, this)).and(new Decide(name, secret));
        }

        private Step<ImapState, Effect> answer(String... replies) {
            return with(patience.asked(), replies);
        }

        private Step<ImapState, Effect> mistake(String reply) {
            return with(patience.mistaken(), reply);
        }

        /** As long as we have any left. */
        Step<ImapState, Effect> with(Patience left, String... replies) {
            return left.exhausted()
                    .map(why -> close(Stream.concat(Arrays.stream(replies), Stream.of(goodbye(why)))
                            .toArray(String[]::new)))
                    .orElseGet(() -> to(new Greeted(encrypted, left), replies));
        }

        private String capabilities() {
            return "IMAP4rev1 LITERAL- SASL-IR " + (encrypted ? "AUTH=PLAIN" : "STARTTLS LOGINDISABLED");
        }
    }

    /** Told to turn TLS on. */
    record Encrypting() implements ImapState, AwaitingTls<ImapState> {

        /** All that came before is forgotten (RFC 3501 section 6.2.1). */
        @Override
        public Step<ImapState, Effect> onEncrypted() {
            return to(Greeted.fresh(true));
        }
    }

    /** The client has been told to send its next message. */
    record Asking(String tag, SaslExchange exchange, Greeted before) implements ImapState, Listening<ImapState> {

        Step<ImapState, Effect> on(SaslStep said) {
            return before.take(tag, said);
        }

        @Override
        public Optional<String> owed() {
            return Optional.of(tag + words(Refusal.LATER));
        }
    }

    /** A password is being checked. */
    record Deciding(String tag, Greeted before) implements ImapState, AwaitingDecision<ImapState> {

        @Override
        public Step<ImapState, Effect> accepted(LoginName name, AppPasswordId used) {
            return to(new Opening(tag)).and(new OpenMailbox(name, used));
        }

        @Override
        public Step<ImapState, Effect> refused(Refusal why) {
            return before.with(before.patience().missed(), tag + words(why));
        }

        @Override
        public Step<ImapState, Effect> shownTheDoor(Refusal why, String goodbye) {
            return close(tag + words(why), goodbye(goodbye));
        }

        @Override
        public Optional<String> owed() {
            return Optional.of(tag + words(Refusal.LATER));
        }
    }

    /** The client is in; its mailbox is not open yet. */
    record Opening(String tag) implements ImapState, AwaitingMailbox<ImapState> {

        /** What the upstream can do is told with the answer: some clients never ask again. */
        @Override
        public Step<ImapState, Effect> onOpened(List<String> capabilities) {
            return to(new Joined(), tag + " OK [CAPABILITY " + String.join(" ", capabilities) + "] Logged in.")
                    .and(new Join());
        }

        @Override
        public Step<ImapState, Effect> on(UpstreamFailure failure) {
            return close(tag + words(Refusal.of(failure)), goodbye(Refusal.COME_AGAIN));
        }

        @Override
        public Optional<String> owed() {
            return Optional.of(tag + words(Refusal.LATER));
        }
    }

    /** Client and mailbox speak to each other. */
    record Joined() implements ImapState {}

    /** The last line is on its way out. */
    record Closing() implements ImapState, Over<ImapState> {}
}
