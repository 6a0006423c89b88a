package postern.proxy.imap;

import java.util.List;
import java.util.Optional;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.PresentedSecret;
import postern.proxy.conversation.ClientState;
import postern.proxy.conversation.Effect;
import postern.proxy.conversation.Effect.Join;
import postern.proxy.conversation.Effect.Met;
import postern.proxy.conversation.Effect.OpenMailbox;
import postern.proxy.conversation.Effect.Reject;
import postern.proxy.conversation.Effect.StartTls;
import postern.proxy.conversation.Patience;
import postern.proxy.conversation.Step;
import postern.proxy.imap.ImapCommand.Authenticate;
import postern.proxy.imap.ImapCommand.Bad;
import postern.proxy.imap.ImapCommand.Capability;
import postern.proxy.imap.ImapCommand.Login;
import postern.proxy.imap.ImapCommand.Logout;
import postern.proxy.imap.ImapCommand.Noop;
import postern.proxy.imap.ImapCommand.TooMuch;
import postern.proxy.imap.ImapCommand.UnknownMechanism;
import postern.proxy.listen.Rejection;
import postern.proxy.sasl.SaslExchange;
import postern.proxy.sasl.SaslStep;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.upstream.Hops;

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

    static Step<ImapState, Effect> hello(boolean encrypted, Patience fresh) {
        Greeted greeted = new Greeted(encrypted, fresh);
        return Effect.to(greeted, "* OK [CAPABILITY " + greeted.capabilities() + "] Postern ready.");
    }

    @Override
    default String goodbye(String why) {
        return ImapPhrases.goodbye(why);
    }

    @Override
    default ImapState over() {
        return new Closing();
    }

    private static Step<ImapState, Effect> to(ImapState next, String... replies) {
        return Effect.to(next, replies);
    }

    /** The client may log in. Nothing has been decided yet. */
    record Greeted(boolean encrypted, Patience patience) implements ImapState, AwaitingLogin<ImapState, ImapPhrases> {

        Step<ImapState, Effect> on(ImapCommand command) {
            return switch (command) {
                case Noop(String tag) -> answer(tag + " OK Nothing happened.");
                case Capability(String tag) -> answer("* CAPABILITY " + capabilities(), tag + " OK That is all.");
                case ImapCommand.Id(String tag, Optional<String> client, Hops hops) ->
                    answer("* ID (\"name\" \"Postern\")", tag + " OK That is all.")
                            .and(new Met(client, hops));
                case Login(String tag, LoginName name, PresentedSecret secret) ->
                    take(new ImapPhrases(tag), new Credentials(name, secret));
                case Authenticate(String tag, SaslStep first) -> take(new ImapPhrases(tag), first);
                case UnknownMechanism(String tag) -> answer(tag + " NO I know PLAIN and LOGIN and no other mechanism.");
                case ImapCommand.StartTls(String tag) ->
                    encrypted
                            ? mistake(tag + " BAD TLS is on already.")
                            : to(new Encrypting(patience.afresh()), tag + " OK Begin TLS.")
                                    .and(new StartTls());
                case Logout(String tag) -> close(goodbye("See you"), tag + " OK Bye.");
                case Bad(String tag, String why) -> mistake(tag + " BAD " + why + ".");
                case TooMuch(String tag, String why) ->
                    mistake(tag + " BAD " + why + ".").and(new Reject(Rejection.ID));
            };
        }

        @Override
        public ImapState having(Patience left) {
            return new Greeted(encrypted, left);
        }

        @Override
        public ImapState asking(ImapPhrases phrases, SaslExchange next) {
            return new Asking(phrases, next, this);
        }

        @Override
        public ImapState deciding(ImapPhrases phrases) {
            return new Deciding(phrases, this);
        }

        private String capabilities() {
            return "IMAP4rev1 LITERAL- SASL-IR ID " + (encrypted ? "AUTH=PLAIN" : "STARTTLS LOGINDISABLED");
        }
    }

    /** Told to turn TLS on. */
    record Encrypting(Patience fresh) implements ImapState, AwaitingTls<ImapState> {

        /** All that came before is forgotten (RFC 3501 section 6.2.1). */
        @Override
        public Step<ImapState, Effect> onEncrypted() {
            return to(new Greeted(true, fresh));
        }
    }

    /** The client has been told to send its next message. */
    record Asking(ImapPhrases phrases, SaslExchange exchange, Greeted before)
            implements ImapState, AwaitingMessage<ImapState, ImapPhrases> {}

    /** A password is being checked. */
    record Deciding(ImapPhrases phrases, Greeted before)
            implements ImapState, AwaitingDecision<ImapState, ImapPhrases> {

        @Override
        public Step<ImapState, Effect> accepted(Accepted login) {
            return to(new Opening(phrases)).and(new OpenMailbox(login));
        }
    }

    /** The client is in; its mailbox is not open yet. */
    record Opening(ImapPhrases phrases) implements ImapState, AwaitingMailbox<ImapState, ImapPhrases> {

        /** What the upstream can do is told with the answer: some clients never ask again. */
        @Override
        public Step<ImapState, Effect> onOpened(List<String> capabilities) {
            return to(new Joined(), phrases.welcome(capabilities)).and(new Join());
        }
    }

    /** Client and mailbox speak to each other. */
    record Joined() implements ImapState {}

    /** The last line is on its way out. */
    record Closing() implements ImapState, Over<ImapState> {}
}
