package postern.proxy.pop3;

import java.util.List;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.PresentedSecret;
import postern.proxy.conversation.ClientState;
import postern.proxy.conversation.Effect;
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
import postern.proxy.sasl.SaslStep;
import postern.proxy.sasl.SaslStep.Credentials;

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

    Pop3Phrases WORDS = new Pop3Phrases();

    /** No time stamp in it, since that would offer APOP, which needs a secret that can be read back. */
    static Step<Pop3State, Effect> hello(boolean encrypted, Patience fresh) {
        return to(new Greeted(encrypted, fresh), "+OK Postern ready.");
    }

    @Override
    default String goodbye(String why) {
        return Pop3Phrases.goodbye(why);
    }

    @Override
    default Pop3State over() {
        return new Closing();
    }

    private static Step<Pop3State, Effect> to(Pop3State next, String... replies) {
        return Effect.to(next, replies);
    }

    /** The client may log in. Nothing has been decided yet. */
    record Greeted(boolean encrypted, Patience patience) implements Pop3State, AwaitingLogin<Pop3State, Pop3Phrases> {

        Step<Pop3State, Effect> on(Pop3Command command) {
            return switch (command) {
                case Capa() -> answer("+OK I can do this.\r\n" + capabilities() + ".");
                case User(LoginName name) -> encrypted ? name(name) : answer(WORDS.refusal(Refusal.NOT_WITHOUT_TLS));
                case Pass(PresentedSecret secret) ->
                    (encrypted ? mistake("-ERR Say USER first.") : answer(WORDS.refusal(Refusal.NOT_WITHOUT_TLS)))
                            .and(new Forget(secret));
                case Auth(SaslStep first) -> take(WORDS, first);
                case Mechanisms() -> answer("+OK I know these.\r\n" + (encrypted ? "PLAIN\r\nLOGIN\r\n" : "") + ".");
                case UnknownMechanism() -> answer("-ERR I know PLAIN and LOGIN and no other mechanism.");
                case Pop3Command.StartTls() ->
                    encrypted
                            ? mistake("-ERR TLS is on already.")
                            : to(new Encrypting(patience.afresh()), "+OK Begin TLS.")
                                    .and(new StartTls());
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

        @Override
        public Pop3State having(Patience left) {
            return new Greeted(encrypted, left);
        }

        @Override
        public Pop3State asking(Pop3Phrases phrases, SaslExchange next) {
            return new Asking(phrases, next, this);
        }

        @Override
        public Pop3State deciding(Pop3Phrases phrases) {
            return new Deciding(phrases, this);
        }

        private String capabilities() {
            return OF_EVERY_MAILBOX + "RESP-CODES\r\nAUTH-RESP-CODE\r\nPIPELINING\r\n"
                    + (encrypted ? "USER\r\nSASL PLAIN LOGIN\r\n" : "STLS\r\n");
        }
    }

    /** The client has said who it is, and may say its password next; anything else, and it has not. */
    record Named(LoginName name, Greeted before) implements Pop3State, Listening<Pop3State> {

        Step<Pop3State, Effect> on(Pop3Command command) {
            return command instanceof Pass(PresentedSecret secret)
                    ? before.take(WORDS, new Credentials(name, secret))
                    : before.on(command);
        }
    }

    /** Told to turn TLS on. */
    record Encrypting(Patience fresh) implements Pop3State, AwaitingTls<Pop3State> {

        /** All that came before is forgotten (RFC 2595 section 4). */
        @Override
        public Step<Pop3State, Effect> onEncrypted() {
            return to(new Greeted(true, fresh));
        }
    }

    /** The client has been told to send its next message. */
    record Asking(Pop3Phrases phrases, SaslExchange exchange, Greeted before)
            implements Pop3State, AwaitingMessage<Pop3State, Pop3Phrases> {}

    /** A password is being checked. */
    record Deciding(Pop3Phrases phrases, Greeted before)
            implements Pop3State, AwaitingDecision<Pop3State, Pop3Phrases> {

        @Override
        public Step<Pop3State, Effect> accepted(Accepted login) {
            return to(new Opening(phrases)).and(new OpenMailbox(login));
        }
    }

    /** The client is in; its mailbox is not open yet. */
    record Opening(Pop3Phrases phrases) implements Pop3State, AwaitingMailbox<Pop3State, Pop3Phrases> {

        @Override
        public Step<Pop3State, Effect> onOpened(List<String> capabilities) {
            return to(new Joined(), "+OK Logged in.").and(new Join());
        }
    }

    /** Client and mailbox speak to each other. */
    record Joined() implements Pop3State {}

    /** The last line is on its way out. */
    record Closing() implements Pop3State, Over<Pop3State> {}
}
