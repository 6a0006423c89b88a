package postern.proxy.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import postern.credentials.LoginOutcome.Accepted;
import postern.proxy.conversation.ClientState;
import postern.proxy.conversation.Effect;
import postern.proxy.conversation.Effect.DecideByAddress;
import postern.proxy.conversation.Effect.Join;
import postern.proxy.conversation.Effect.Met;
import postern.proxy.conversation.Effect.OpenMailbox;
import postern.proxy.conversation.Effect.StartTls;
import postern.proxy.conversation.Patience;
import postern.proxy.conversation.Refusal;
import postern.proxy.conversation.Step;
import postern.proxy.listen.LoginByAddress;
import postern.proxy.listen.Rights;
import postern.proxy.sasl.SaslExchange;
import postern.proxy.sasl.SaslStep;
import postern.proxy.smtp.SmtpCommand.Auth;
import postern.proxy.smtp.SmtpCommand.Bad;
import postern.proxy.smtp.SmtpCommand.Ehlo;
import postern.proxy.smtp.SmtpCommand.Forbidden;
import postern.proxy.smtp.SmtpCommand.Helo;
import postern.proxy.smtp.SmtpCommand.Help;
import postern.proxy.smtp.SmtpCommand.Mail;
import postern.proxy.smtp.SmtpCommand.Noop;
import postern.proxy.smtp.SmtpCommand.NotHere;
import postern.proxy.smtp.SmtpCommand.NotYet;
import postern.proxy.smtp.SmtpCommand.Quit;
import postern.proxy.smtp.SmtpCommand.Rset;
import postern.proxy.smtp.SmtpCommand.UnknownMechanism;
import postern.proxy.smtp.SmtpCommand.Vrfy;

/**
 * What a submitting client may say before it is logged in. Pure: no channel, no clock, no threads.
 * Whether it has said EHLO is not asked: printers say HELO, or nothing, and log in all the same.
 *
 * <pre>
 *           STARTTLS ╭──→ Encrypting ──╮ the handshake is done
 *                    │                 ↓
 *   hello ──────→ Greeted ←────────────╯←─────────────────╮
 *             AUTH │   │ ↑                                │
 *    or MAIL, from │   │ │ cancelled, malformed           │ denied, slowed
 * a listed address │   │ │                                │
 *                  │   ↓ │                                │
 *                  │  Asking  AUTH without                │
 *                  │   │      all its messages            │
 *                  ↓   ↓                                  │
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
 * <p>{@code SmtpStateTest} walks the arrows and fails when a state is missing from the picture.
 */
sealed interface SmtpState extends ClientState<SmtpState> {

    SmtpPhrases WORDS = new SmtpPhrases();

    static Step<SmtpState, Effect> hello(SmtpOffer offer, boolean encrypted, Rights rights, Patience fresh) {
        return to(new Greeted(offer, encrypted, rights, fresh), "220 " + offer.serverName() + " ESMTP Postern ready.");
    }

    /** An answer of several lines (RFC 5321 section 4.2.1). */
    static String lines(String code, List<String> lines) {
        StringBuilder answer = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean last = i == lines.size() - 1;
            answer.append(code).append(last ? " " : "-").append(lines.get(i)).append(last ? "" : "\r\n");
        }
        return answer.toString();
    }

    @Override
    default String goodbye(String why) {
        return SmtpPhrases.goodbye(why);
    }

    @Override
    default SmtpState over() {
        return new Closing();
    }

    private static Step<SmtpState, Effect> to(SmtpState next, String... replies) {
        return Effect.to(next, replies);
    }

    /** The client may log in. Nothing has been decided yet. */
    record Greeted(SmtpOffer offer, boolean encrypted, Rights rights, Patience patience)
            implements SmtpState, AwaitingLogin<SmtpState, SmtpPhrases> {

        @Override
        public boolean takesPasswords() {
            return encrypted || rights.inTheClear();
        }

        Step<SmtpState, Effect> on(SmtpCommand command) {
            return switch (command) {
                case Ehlo(String client) -> met(client, answer(lines("250", capabilities())));
                case Helo(String client) -> met(client, answer("250 " + offer.serverName()));
                case Auth(SaslStep first) -> take(WORDS, first);
                case UnknownMechanism(boolean tooWeak) ->
                    answer(
                            tooWeak
                                    ? "534 5.7.9 Not by that mechanism: turn off secure password authentication."
                                    : "504 5.5.4 I know PLAIN and LOGIN and no other mechanism.");
                case SmtpCommand.StartTls() ->
                    encrypted
                            ? mistake("503 5.5.1 TLS is on already.")
                            : to(new Encrypting(offer, rights, patience.afresh()), "220 2.0.0 Begin TLS.")
                                    .and(new StartTls());
                case Noop() -> answer("250 2.0.0 Nothing happened.");
                case Rset() -> answer("250 2.0.0 There was nothing to forget.");
                case Vrfy() -> answer("252 2.0.0 I cannot tell. Send, and see.");
                case Help() -> answer("214 2.0.0 Log in by AUTH, then send as RFC 6409 has it.");
                case Quit() -> close("221 2.0.0 See you.");
                case Mail(String line) ->
                    rights.byAddress().map(login -> decide(login, line)).orElseGet(this::notYet);
                case NotYet() -> notYet();
                case Forbidden() -> mistake("550 5.7.0 Not here.");
                case NotHere() -> mistake("502 5.5.1 Not here.");
                case Bad(String code, String why) -> mistake(code + " " + why + ".");
            };
        }

        /** MAIL is the whole login of a client whose address says who it is; its answer is the mail server's. */
        private Step<SmtpState, Effect> decide(LoginByAddress login, String mail) {
            return to(new Deciding(new SmtpPhrases(Optional.of(mail)), this)).and(new DecideByAddress(login));
        }

        private Step<SmtpState, Effect> notYet() {
            return mistake(takesPasswords() ? SmtpPhrases.LOG_IN_FIRST : WORDS.refusal(Refusal.NOT_WITHOUT_TLS));
        }

        private static Step<SmtpState, Effect> met(String client, Step<SmtpState, Effect> answered) {
            return answered.and(new Met(Optional.of(client)));
        }

        /** What works now, and what every upstream of ours has promised. */
        private List<String> capabilities() {
            List<String> all = new ArrayList<>();
            all.add(offer.serverName());
            all.addAll(offer.extensions());
            if (!encrypted) {
                all.add("STARTTLS");
            }
            if (takesPasswords()) {
                all.add("AUTH PLAIN LOGIN");
            }
            return all;
        }

        @Override
        public SmtpState having(Patience left) {
            return new Greeted(offer, encrypted, rights, left);
        }

        @Override
        public SmtpState asking(SmtpPhrases phrases, SaslExchange next) {
            return new Asking(phrases, next, this);
        }

        @Override
        public SmtpState deciding(SmtpPhrases phrases) {
            return new Deciding(phrases, this);
        }
    }

    /** Told to turn TLS on. */
    record Encrypting(SmtpOffer offer, Rights rights, Patience fresh) implements SmtpState, AwaitingTls<SmtpState> {

        /** All that was said is forgotten (RFC 3207 section 4.2), and not where it came from. */
        @Override
        public Step<SmtpState, Effect> onEncrypted() {
            return to(new Greeted(offer, true, rights, fresh));
        }
    }

    /** The client has been told to send its next message. */
    record Asking(SmtpPhrases phrases, SaslExchange exchange, Greeted before)
            implements SmtpState, AwaitingMessage<SmtpState, SmtpPhrases> {}

    /** A password is being checked. */
    record Deciding(SmtpPhrases phrases, Greeted before)
            implements SmtpState, AwaitingDecision<SmtpState, SmtpPhrases> {

        @Override
        public Step<SmtpState, Effect> accepted(Accepted login) {
            return to(new Opening(phrases)).and(new OpenMailbox(login));
        }
    }

    /** The client is in; its mail server is not ready yet. */
    record Opening(SmtpPhrases phrases) implements SmtpState, AwaitingMailbox<SmtpState, SmtpPhrases> {

        /** Which is a goodbye already. */
        @Override
        public Step<SmtpState, Effect> onFull() {
            return close(phrases.refusal(Refusal.FULL));
        }

        /** The upstream has heard our EHLO and is ready for MAIL, as the client expects it to be. */
        @Override
        public Step<SmtpState, Effect> onOpened(List<String> capabilities) {
            return phrases.mail().isPresent()
                    ? to(new Joined()).and(new Join(phrases.mail()))
                    : to(new Joined(), "235 2.7.0 Logged in.").and(new Join());
        }
    }

    /** Client and mail server speak to each other. */
    record Joined() implements SmtpState {}

    /** The last line is on its way out. */
    record Closing() implements SmtpState, Over<SmtpState> {}
}
