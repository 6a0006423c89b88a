package postern.proxy.pop3;

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
import postern.proxy.pop3.Pop3Command.Auth;
import postern.proxy.pop3.Pop3Command.Bad;
import postern.proxy.pop3.Pop3Command.Capa;
import postern.proxy.pop3.Pop3Command.Mechanisms;
import postern.proxy.pop3.Pop3Command.NotYet;
import postern.proxy.pop3.Pop3Command.Pass;
import postern.proxy.pop3.Pop3Command.Quit;
import postern.proxy.pop3.Pop3Command.UnknownMechanism;
import postern.proxy.pop3.Pop3Command.User;
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
 * What a POP3 client may say before it is logged in. Pure: no channel, no clock, no threads.
 *
 * <pre>
 *               STLS ╭──→ Encrypting ──╮ the handshake is done
 *                    │                 ↓
 *   hello ──────→ Greeted ←────────────╯←─────────────────╮
 *                  │ ↑ │ ↑                                │
 *             USER │ │ │ │ cancelled, malformed           │ denied, slowed
 *                  ↓ │ ↓ │                                │
 *              Named ╯ Asking  AUTH without               │
 *                  │   │       all its messages           │
 *             PASS ↓   ↓                                  │
 *                 Deciding ───────────────────────────────╯
 *                  │      │
 *         accepted │      │ unavailable, turned away, a third miss
 *                  ↓      ↓
 *                 Opening ──→ Closing ←── QUIT, too many of anything
 *                  │      the upstream failed
 *                  ↓
 *                 Joined, and the relay takes over
 * </pre>
 *
 * <p>{@code Pop3StateTest} walks the arrows and fails when a state is missing from the picture.
 */
sealed interface Pop3State extends ClientState<Pop3State> {

    /**
     * Of the mailbox we know nothing before the login, and many a client never asks again. These two
     * are optional on paper only: we know of no server that keeps mail and lacks them.
     */
    String OF_EVERY_MAILBOX = "TOP\r\nUIDL\r\n";

    /** No time stamp in it, since that would offer APOP, which needs a secret that can be read back. */
    static Step<Pop3State, Effect> hello(boolean encrypted) {
        return to(Greeted.fresh(encrypted), "+OK Postern ready.");
    }

    static String goodbye(String why) {
        return "-ERR " + why + ". Closing.";
    }

    private static Step<Pop3State, Effect> to(Pop3State next, String... replies) {
        return Effect.to(next, replies);
    }

    private static Step<Pop3State, Effect> close(String... replies) {
        return to(new Closing(), replies).and(new Close());
    }

    /** With the codes of RFC 2449 and 3206: by them a client knows whether to ask for another password. */
    private static String words(Refusal refusal) {
        return switch (refusal) {
            case WRONG -> "-ERR [AUTH] Wrong user name or app password.";
            case EXPIRED -> "-ERR [AUTH] This app password has expired.";
            case LATER -> "-ERR [SYS/TEMP] Try again in a few minutes.";
            case NOT_AS_ANOTHER -> "-ERR [AUTH] Only as yourself.";
            case NOT_WITHOUT_TLS -> "-ERR Turn on TLS.";
            case ASK_SOMEBODY -> "-ERR [SYS/PERM] The mail server will not open this mailbox.";
            case BUSY -> "-ERR [IN-USE] The mailbox is in use.";
            case NOT_REACHABLE -> "-ERR [SYS/TEMP] The mail server is not reachable.";
        };
    }

    /** The client may log in. Nothing has been decided yet. */
    record Greeted(boolean encrypted, Patience patience) implements Pop3State, Listening<Pop3State> {

        static Greeted fresh(boolean encrypted) {
            return new Greeted(encrypted, Patience.FRESH);
        }

        Step<Pop3State, Effect> on(Pop3Command command) {
            return switch (command) {
                case Capa() -> answer("+OK I can do this.\r\n" + capabilities() + ".");
                case User(LoginName name) -> encrypted ? name(name) : answer(words(Refusal.NOT_WITHOUT_TLS));
                case Pass(PresentedSecret secret) ->
                    (encrypted ? mistake("-ERR Say USER first.") : answer(words(Refusal.NOT_WITHOUT_TLS)))
                            .and(new Forget(secret));
                case Auth(SaslStep first) -> take(first);
                case Mechanisms() -> answer("+OK I know these.\r\n" + (encrypted ? "PLAIN\r\nLOGIN\r\n" : "") + ".");
                case UnknownMechanism() -> answer("-ERR I know PLAIN and LOGIN and no other mechanism.");
                case Pop3Command.StartTls() ->
                    encrypted
                            ? mistake("-ERR TLS is on already.")
                            : to(new Encrypting(), "+OK Begin TLS.").and(new StartTls());
                case Quit() -> close("+OK See you. Closing.");
                case NotYet() -> mistake("-ERR Log in first.");
                case Bad(String why) -> mistake("-ERR " + why + ".");
            };
        }

        private Step<Pop3State, Effect> name(LoginName name) {
            Patience left = patience.asked();
            return left.exhausted().isPresent()
                    ? with(left)
                    : to(new Named(name, new Greeted(encrypted, left)), "+OK And the app password?");
        }

        /** What a client says to log in by SASL. */
        Step<Pop3State, Effect> take(SaslStep said) {
            if (!encrypted) {
                Step<Pop3State, Effect> refused = answer(words(Refusal.NOT_WITHOUT_TLS));
                return said instanceof Credentials(LoginName _, PresentedSecret secret)
                        ? refused.and(new Forget(secret))
                        : refused;
            }
            return switch (said) {
                case Credentials(LoginName name, PresentedSecret secret) -> decide(name, secret);
                case GoOn(SaslExchange next) -> to(new Asking(next, this), "+ " + next.challenge());
                case ActingForAnother() -> answer(words(Refusal.NOT_AS_ANOTHER));
                case Malformed(SaslMechanism mechanism) -> mistake("-ERR That is no " + mechanism + " message.");
                case Cancelled() -> mistake("-ERR Cancelled.");
            };
        }

        /** Old clients try no password at all before they ask their owner for one; that is no guess. */
        Step<Pop3State, Effect> decide(LoginName name, PresentedSecret secret) {
            return secret.isBlank()
                    ? answer(words(Refusal.WRONG))
                    : to(new Deciding(this)).and(new Decide(name, secret));
        }

        private Step<Pop3State, Effect> answer(String reply) {
            return with(patience.asked(), reply);
        }

        private Step<Pop3State, Effect> mistake(String reply) {
            return with(patience.mistaken(), reply);
        }

        /** As long as we have any left. */
        Step<Pop3State, Effect> with(Patience left, String... replies) {
            return left.exhausted()
                    .map(why -> close(Stream.concat(Arrays.stream(replies), Stream.of(goodbye(why)))
                            .toArray(String[]::new)))
                    .orElseGet(() -> to(new Greeted(encrypted, left), replies));
        }

        private String capabilities() {
            return OF_EVERY_MAILBOX + "RESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\n"
                    + (encrypted ? "USER\r\nSASL PLAIN LOGIN\r\n" : "STLS\r\n");
        }
    }

    /** The client has said who it is, and may say its password next; anything else, and it has not. */
    record Named(LoginName name, Greeted before) implements Pop3State, Listening<Pop3State> {

        Step<Pop3State, Effect> on(Pop3Command command) {
            return command instanceof Pass(PresentedSecret secret) ? before.decide(name, secret) : before.on(command);
        }
    }

    /** Told to turn TLS on. */
    record Encrypting() implements Pop3State, AwaitingTls<Pop3State> {

        /** All that came before is forgotten (RFC 2595 section 4). */
        @Override
        public Step<Pop3State, Effect> onEncrypted() {
            return to(Greeted.fresh(true));
        }
    }

    /** The client has been told to send its next message. */
    record Asking(SaslExchange exchange, Greeted before) implements Pop3State, Listening<Pop3State> {

        Step<Pop3State, Effect> on(SaslStep said) {
            return before.take(said);
        }

        @Override
        public Optional<String> owed() {
            return Optional.of(words(Refusal.LATER));
        }
    }

    /** A password is being checked. */
    record Deciding(Greeted before) implements Pop3State, AwaitingDecision<Pop3State> {

        @Override
        public Step<Pop3State, Effect> accepted(LoginName name, AppPasswordId used) {
            return to(new Opening()).and(new OpenMailbox(name, used));
        }

        @Override
        public Step<Pop3State, Effect> refused(Refusal why) {
            return before.with(before.patience().missed(), words(why));
        }

        @Override
        public Step<Pop3State, Effect> shownTheDoor(Refusal why, String goodbye) {
            return close(words(why), goodbye(goodbye));
        }

        @Override
        public Optional<String> owed() {
            return Optional.of(words(Refusal.LATER));
        }
    }

    /** The client is in; its mailbox is not open yet. */
    record Opening() implements Pop3State, AwaitingMailbox<Pop3State> {

        @Override
        public Step<Pop3State, Effect> onOpened(List<String> capabilities) {
            return to(new Joined(), "+OK Logged in.").and(new Join());
        }

        @Override
        public Step<Pop3State, Effect> on(UpstreamFailure failure) {
            return close(words(Refusal.of(failure)), goodbye(Refusal.COME_AGAIN));
        }

        @Override
        public Optional<String> owed() {
            return Optional.of(words(Refusal.LATER));
        }
    }

    /** Client and mailbox speak to each other. */
    record Joined() implements Pop3State {}

    /** The last line is on its way out. */
    record Closing() implements Pop3State, Over<Pop3State> {}
}
