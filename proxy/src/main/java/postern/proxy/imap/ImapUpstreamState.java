package postern.proxy.imap;

import static postern.proxy.imap.ImapUpstreamStep.to;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import postern.proxy.imap.ImapUpstreamEffect.Fail;
import postern.proxy.imap.ImapUpstreamEffect.Opened;
import postern.proxy.imap.ImapUpstreamEffect.Send;
import postern.proxy.imap.ImapUpstreamEffect.StartTls;
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
sealed interface ImapUpstreamState {

    Pattern OFFERED = Pattern.compile("(?i)\\[CAPABILITY ([^\\]]*)]");

    /**
     * Takes what the upstream said, and says what follows from it.
     *
     * @param line without its line end
     */
    ImapUpstreamStep on(String line);

    private static boolean starts(String line, String with) {
        return line.regionMatches(true, 0, with, 0, with.length());
    }

    private static ImapUpstreamStep fail(UpstreamFailure why, String seen) {
        return to(new Ended()).and(new Fail(why, seen));
    }

    /** Nothing was said yet. */
    record Connected(ImapUpstreamLogin login, boolean wantsTls) implements ImapUpstreamState {

        @Override
        public ImapUpstreamStep on(String line) {
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
    record Upgrading(ImapUpstreamLogin login) implements ImapUpstreamState {

        @Override
        public ImapUpstreamStep on(String line) {
            if (starts(line, "* ")) {
                return to(this);
            }
            return starts(line, "S1 OK")
                    ? to(this).and(new StartTls())
                    : fail(UpstreamFailure.UNTRUSTED, "STARTTLS refused: " + line);
        }

        ImapUpstreamStep onEncrypted() {
            return Authenticating.begin(login);
        }
    }

    /** Told it who we are. */
    record Authenticating(ImapUpstreamLogin login) implements ImapUpstreamState {

        static ImapUpstreamStep begin(ImapUpstreamLogin login) {
            return to(new Authenticating(login)).and(new Send("L1 " + login.command()));
        }

        @Override
        public ImapUpstreamStep on(String line) {
            if (starts(line, "+")) {
                return login.response()
                        .map(response ->
                                to(new Authenticating(login.responded())).and(new Send(response)))
                        .orElseGet(() -> fail(UpstreamFailure.CONFUSED, "it asked for more than we have"));
            } else if (starts(line, "* BYE")) {
                return fail(UpstreamFailure.UNREACHABLE, line);
            } else if (starts(line, "* ")) {
                return to(this);
            } else if (starts(line, "L1 NO")) {
                return fail(UpstreamFailure.REFUSED, line);
            }
            // An OK before it has heard all is no more worth than PREAUTH.
            return starts(line, "L1 OK") && login.response().isEmpty()
                    ? welcomed(line)
                    : fail(UpstreamFailure.CONFUSED, line);
        }

        private static ImapUpstreamStep welcomed(String line) {
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
        public ImapUpstreamStep on(String line) {
            if (starts(line, UNTAGGED)) {
                return to(new Welcomed(line.substring(UNTAGGED.length())));
            } else if (starts(line, "* BYE")) {
                return fail(UpstreamFailure.UNREACHABLE, line);
            } else if (starts(line, "* ")) {
                return to(this);
            }
            return starts(line, "C1 OK") && !offered.isEmpty() ? end(offered) : fail(UpstreamFailure.CONFUSED, line);
        }

        static ImapUpstreamStep end(String offered) {
            return to(new Ended()).and(new Opened(ImapCapabilities.throughUs(offered)));
        }
    }

    /** Open, or failed. What it says from now on is not ours to read. */
    record Ended() implements ImapUpstreamState {

        @Override
        public ImapUpstreamStep on(String line) {
            return to(this);
        }
    }
}
