package postern.proxy.imap;

import static postern.proxy.imap.ImapStep.to;

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
import postern.credentials.PresentedSecret;
import postern.proxy.imap.ImapCommand.AuthenticatePlain;
import postern.proxy.imap.ImapCommand.Bad;
import postern.proxy.imap.ImapCommand.Capability;
import postern.proxy.imap.ImapCommand.Login;
import postern.proxy.imap.ImapCommand.Logout;
import postern.proxy.imap.ImapCommand.Noop;
import postern.proxy.imap.ImapCommand.UnknownMechanism;
import postern.proxy.imap.ImapEffect.Close;
import postern.proxy.imap.ImapEffect.Decide;
import postern.proxy.imap.ImapEffect.Forget;
import postern.proxy.imap.ImapEffect.Join;
import postern.proxy.imap.ImapEffect.OpenMailbox;
import postern.proxy.imap.ImapEffect.StartTls;
import postern.proxy.imap.ImapResponse.Cancelled;
import postern.proxy.imap.ImapResponse.Message;
import postern.proxy.sasl.PlainMessage;
import postern.proxy.sasl.PlainMessage.ActingForAnother;
import postern.proxy.sasl.PlainMessage.Credentials;
import postern.proxy.sasl.PlainMessage.Malformed;
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
 *                  │   │      its message                 │
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
sealed interface ImapState {

    /** A client that misses this often is shown the door. */
    int MAX_MISSES = 3;

    /** A client of another protocol, or a scanner, that we cannot make sense of. */
    int MAX_MISTAKES = 10;

    /** One that asks and asks, and never logs in. */
    int MAX_QUESTIONS = 100;

    /** The one answer to whoever has not proved a secret, whatever the reason, slowed or not. */
    String WRONG = " NO [AUTHENTICATIONFAILED] Wrong user name or app password.";

    static ImapStep hello(boolean encrypted) {
        Greeted greeted = Greeted.fresh(encrypted);
        return to(greeted, "* OK [CAPABILITY " + greeted.capabilities() + "] Postern ready.");
    }

    /** Ends the conversation wherever it stands. Who waits for a tagged answer gets one first. */
    default ImapStep interrupted(String goodbye) {
        Optional<String> pending = switch (this) {
            case Asking(String tag, Greeted _) -> Optional.of(tag);
            case Deciding(String tag, Greeted _) -> Optional.of(tag);
            case Opening(String tag) -> Optional.of(tag);
            case Greeted _, Encrypting _, Joined _, Closing _ -> Optional.empty();
        };
        return pending.map(tag -> to(new Closing(), tag + " NO [UNAVAILABLE] Try again in a few minutes.", goodbye))
                .orElseGet(() -> to(new Closing(), goodbye))
                .and(new Close());
    }

    /** Whether the client may speak now. What it says meanwhile waits its turn. */
    default boolean listens() {
        return switch (this) {
            case Greeted _, Asking _ -> true;
            case Encrypting _, Deciding _, Opening _, Joined _, Closing _ -> false;
        };
    }

    /** The client may log in. Nothing has been decided yet. */
    record Greeted(boolean encrypted, int misses, int mistakes, int questions) implements ImapState {

        static Greeted fresh(boolean encrypted) {
            return new Greeted(encrypted, 0, 0, 0);
        }

        ImapStep on(ImapCommand command) {
            return switch (command) {
                case Noop(String tag) -> answer(tag + " OK Nothing happened.");
                case Capability(String tag) -> answer("* CAPABILITY " + capabilities(), tag + " OK That is all.");
                case Login(String tag, LoginName name, PresentedSecret secret) ->
                    encrypted ? decide(tag, name, secret) : wantTls(tag).and(new Forget(secret));
                case AuthenticatePlain(String tag, Optional<PlainMessage> initial) ->
                    encrypted
                            ? initial.map(message -> take(tag, message)).orElseGet(() -> ask(tag))
                            : refuse(tag, initial);
                case UnknownMechanism(String tag) -> answer(tag + " NO I know PLAIN and no other mechanism.");
                case ImapCommand.StartTls(String tag) ->
                    encrypted
                            ? mistake(tag + " BAD TLS is on already.")
                            : to(new Encrypting(), tag + " OK Begin TLS.").and(new StartTls());
                case Logout(String tag) ->
                    to(new Closing(), "* BYE See you.", tag + " OK Bye.").and(new Close());
                case Bad(String tag, String why) -> mistake(tag + " BAD " + why + ".");
            };
        }

        /** The message of an AUTHENTICATE, whichever way it came. */
        ImapStep take(String tag, PlainMessage message) {
            return switch (message) {
                case Credentials(LoginName name, PresentedSecret secret) -> decide(tag, name, secret);
                case ActingForAnother() -> answer(tag + " NO [AUTHORIZATIONFAILED] Only as yourself.");
                case Malformed() -> mistake(tag + " BAD That is no PLAIN message.");
            };
        }

        /** Old clients try no password at all before they ask their owner for one; that is no guess. */
        private ImapStep decide(String tag, LoginName name, PresentedSecret secret) {
            return secret.isBlank()
                    ? answer(tag + WRONG)
                    : to(new Deciding(tag, this)).and(new Decide(name, secret));
        }

        private ImapStep ask(String tag) {
            return to(new Asking(tag, this), "+ ");
        }

        private ImapStep refuse(String tag, Optional<PlainMessage> initial) {
            return initial.orElse(new Malformed()) instanceof Credentials(LoginName _, PresentedSecret secret)
                    ? wantTls(tag).and(new Forget(secret))
                    : wantTls(tag);
        }

        private ImapStep wantTls(String tag) {
            return answer(tag + " NO [PRIVACYREQUIRED] Turn on TLS.");
        }

        private ImapStep answer(String... replies) {
            return questions + 1 < MAX_QUESTIONS
                    ? to(new Greeted(encrypted, misses, mistakes, questions + 1), replies)
                    : to(new Closing(), replies)
                            .and(new ImapEffect.Reply("* BYE Too many questions."))
                            .and(new Close());
        }

        ImapStep mistake(String reply) {
            return mistakes + 1 < MAX_MISTAKES
                    ? to(new Greeted(encrypted, misses, mistakes + 1, questions), reply)
                    : to(new Closing(), reply, "* BYE Too many mistakes.").and(new Close());
        }

        private String capabilities() {
            return "IMAP4rev1 LITERAL- SASL-IR " + (encrypted ? "AUTH=PLAIN" : "STARTTLS LOGINDISABLED");
        }
    }

    /** Told to turn TLS on, and deaf until it is on: whatever was sent ahead of it was not the client's. */
    record Encrypting() implements ImapState {

        /** All that came before is forgotten (RFC 3501 section 6.2.1). */
        ImapStep onEncrypted() {
            return to(Greeted.fresh(true));
        }
    }

    /** The client has been told to send its message. */
    record Asking(String tag, Greeted before) implements ImapState {

        ImapStep on(ImapResponse response) {
            return switch (response) {
                case Cancelled() -> before.mistake(tag + " BAD Cancelled.");
                case Message(PlainMessage message) -> before.take(tag, message);
            };
        }
    }

    /** A password is being checked. */
    record Deciding(String tag, Greeted before) implements ImapState {

        ImapStep on(LoginOutcome outcome) {
            return switch (outcome) {
                case Accepted(LoginName name, LoginName _, AppPasswordId used) ->
                    to(new Opening(tag)).and(new OpenMailbox(name, used));
                case Denied(Reason reason, var _) -> refuse(tag + wordsFor(reason));
                case Slowed _ -> refuse(tag + WRONG);
                case TurnedAway _ -> showTheDoor(tag + WRONG);
                case Unavailable _ ->
                    to(new Closing(), tag + " NO [UNAVAILABLE] Try again in a few minutes.", "* BYE Come again.")
                            .and(new Close());
            };
        }

        private static String wordsFor(Reason reason) {
            return reason == Reason.EXPIRED ? " NO [EXPIRED] This app password has expired." : WRONG;
        }

        private ImapStep refuse(String reply) {
            int misses = before.misses() + 1;
            return misses < MAX_MISSES
                    ? to(new Greeted(before.encrypted(), misses, before.mistakes(), before.questions()), reply)
                    : showTheDoor(reply);
        }

        private static ImapStep showTheDoor(String reply) {
            return to(new Closing(), reply, "* BYE Too many failures.").and(new Close());
        }
    }

    /** The client is in; its mailbox is not open yet. */
    record Opening(String tag) implements ImapState {

        /** What the upstream can do is told with the answer: some clients never ask again. */
        ImapStep onOpened(String capabilities) {
            return to(new Joined(), tag + " OK [CAPABILITY " + capabilities + "] Logged in.")
                    .and(new Join());
        }

        ImapStep on(UpstreamFailure failure) {
            String reply = switch (failure) {
                case REFUSED, NO_ROUTE -> " NO [CONTACTADMIN] The mail server will not open this mailbox.";
                case UNREACHABLE, UNTRUSTED, CONFUSED -> " NO [UNAVAILABLE] The mail server is not reachable.";
            };
            return to(new Closing(), tag + reply, "* BYE Come again.").and(new Close());
        }
    }

    /** Client and mailbox speak to each other. */
    record Joined() implements ImapState {}

    /** The last line is on its way out. */
    record Closing() implements ImapState {}
}
