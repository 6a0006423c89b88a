package postern.proxy.imap;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import postern.proxy.conversation.Step;
import postern.proxy.conversation.UpstreamEffect;
import postern.proxy.conversation.UpstreamEffect.Fail;
import postern.proxy.conversation.UpstreamEffect.Opened;
import postern.proxy.conversation.UpstreamEffect.Send;
import postern.proxy.conversation.UpstreamEffect.StartTls;
import postern.proxy.conversation.UpstreamLogin;
import postern.proxy.conversation.UpstreamState;
import postern.proxy.upstream.UpstreamFailure;

/**
 * How we log in at an IMAP upstream, a line of its at a time. Pure: no channel, no clock.
 *
 * <pre>
 *   Connected ── greeting ──→ Authenticating ── OK ──→ Welcomed
 *       │                       ↑   │    ↑              │
 *       │ TLS is wanted first   │   ╰────╯ +            │ what can it do now?
 *       ↓                       │                       ↓
 *   Upgrading ── OK, handshake ─╯                     Ended
 *
 *   anything else that it says ─────────────────────→ Ended, failed
 * </pre>
 */
sealed interface ImapUpstreamState extends UpstreamState<ImapUpstreamState> {

    /** What it says to a login that it would let in at another time (RFC 5530). */
    Pattern LATER = Pattern.compile("(?i)L1 NO \\[(UNAVAILABLE|INUSE|LIMIT)].*");

    Pattern OFFERED = Pattern.compile("(?i)\\[CAPABILITY ([^\\]]*)]");

    private static Step<ImapUpstreamState, UpstreamEffect> to(ImapUpstreamState next) {
        return UpstreamEffect.to(next);
    }

    private static boolean starts(String line, String with) {
        return line.regionMatches(true, 0, with, 0, with.length());
    }

    private static Step<ImapUpstreamState, UpstreamEffect> fail(UpstreamFailure why, String seen) {
        return to(new Ended()).and(new Fail(why, seen));
    }

    /** Nothing was said yet. */
    record Connected(UpstreamLogin login, boolean wantsTls) implements ImapUpstreamState {

        @Override
        public Step<ImapUpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, "* BYE")) {
                return fail(UpstreamFailure.UNREACHABLE, line);
            } else if (!starts(line, "* OK")) {
                // PREAUTH too: we would hand a client a mailbox that nobody proved to be theirs.
                return fail(UpstreamFailure.CONFUSED, line);
            }
            return wantsTls ? to(new Upgrading(login)).and(new Send("S1 STARTTLS")) : Authenticating.begin(login);
        }
    }

    /** Asked for TLS; what comes after its OK and before the handshake is nobody's word. */
    record Upgrading(UpstreamLogin login) implements ImapUpstreamState, AwaitingTls<ImapUpstreamState> {

        @Override
        public Step<ImapUpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, "* ")) {
                return to(this);
            }
            return starts(line, "S1 OK")
                    ? to(this).and(new StartTls())
                    : fail(UpstreamFailure.UNTRUSTED, "STARTTLS refused: " + line);
        }

        @Override
        public Step<ImapUpstreamState, UpstreamEffect> onEncrypted() {
            return Authenticating.begin(login);
        }
    }

    /** Told it who we are. */
    record Authenticating(UpstreamLogin login) implements ImapUpstreamState {

        static Step<ImapUpstreamState, UpstreamEffect> begin(UpstreamLogin login) {
            return to(new Authenticating(login)).and(new Send("L1 " + login.command()));
        }

        @Override
        public Step<ImapUpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, "+")) {
                return goOn();
            } else if (starts(line, "* BYE")) {
                return fail(UpstreamFailure.UNREACHABLE, line);
            } else if (starts(line, "* ")) {
                return to(this);
            } else if (starts(line, "L1 NO")) {
                return fail(LATER.matcher(line).matches() ? UpstreamFailure.BUSY : UpstreamFailure.REFUSED, line);
            }
            // An OK before it has heard all is no more worth than PREAUTH.
            return starts(line, "L1 OK") && login.saidAll() ? welcomed(line) : fail(UpstreamFailure.CONFUSED, line);
        }

        private Step<ImapUpstreamState, UpstreamEffect> goOn() {
            if (!login.saidAll()) {
                return to(new Authenticating(login.responded()))
                        .and(new Send(login.responses().getFirst()));
            }
            return login.surrender()
                    .map(last -> to(new Authenticating(login.surrendered())).and(new Send(last)))
                    .orElseGet(() -> fail(UpstreamFailure.CONFUSED, "it asked for more than we have"));
        }

        private static Step<ImapUpstreamState, UpstreamEffect> welcomed(String line) {
            Matcher offered = OFFERED.matcher(line);
            return offered.find()
                    ? Welcomed.end(offered.group(1))
                    : to(new Welcomed("")).and(new Send("C1 CAPABILITY"));
        }
    }

    /** Logged in, and asked what it can do for who is logged in. */
    record Welcomed(String offered) implements ImapUpstreamState {

        private static final String UNTAGGED = "* CAPABILITY ";

        @Override
        public Step<ImapUpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, UNTAGGED)) {
                return to(new Welcomed(line.substring(UNTAGGED.length())));
            } else if (starts(line, "* BYE")) {
                return fail(UpstreamFailure.UNREACHABLE, line);
            } else if (starts(line, "* ")) {
                return to(this);
            }
            return starts(line, "C1 OK") && !offered.isEmpty() ? end(offered) : fail(UpstreamFailure.CONFUSED, line);
        }

        static Step<ImapUpstreamState, UpstreamEffect> end(String offered) {
            return to(new Ended()).and(new Opened(ImapCapabilities.throughUs(offered)));
        }
    }

    /** Open, or failed. What it says from now on is not ours to read. */
    record Ended() implements ImapUpstreamState {

        @Override
        public Step<ImapUpstreamState, UpstreamEffect> on(String line) {
            return to(this);
        }
    }
}
