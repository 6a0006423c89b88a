package postern.proxy.pop3;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
 * How we log in at a POP3 upstream, a line of its at a time. Pure: no channel, no clock.
 *
 * <pre>
 *   Connected ── greeting ──→ Authenticating ── OK ──→ Welcomed
 *       │                       ↑   │    ↑              │
 *       │ TLS is wanted first   │   ╰────╯ go on        │ what can it do now?
 *       ↓                       │                       ↓
 *   Upgrading ── OK, handshake ─╯                     Ended
 *
 *   anything else that it says ─────────────────────→ Ended, failed
 * </pre>
 */
sealed interface Pop3UpstreamState extends UpstreamState<Pop3UpstreamState> {

    /** What it says to a login that it would let in at another time (RFC 2449, RFC 3206). */
    Pattern LATER = Pattern.compile("(?i)-ERR \\[(IN-USE|LOGIN-DELAY|SYS/TEMP)].*");

    private static boolean starts(String line, String with) {
        return line.regionMatches(true, 0, with, 0, with.length());
    }

    private static Step<Pop3UpstreamState, UpstreamEffect> to(Pop3UpstreamState next) {
        return UpstreamEffect.to(next);
    }

    private static Step<Pop3UpstreamState, UpstreamEffect> fail(UpstreamFailure why, String seen) {
        return to(new Ended()).and(new Fail(why, seen));
    }

    /** Nothing was said yet. */
    record Connected(UpstreamLogin login, boolean wantsTls) implements Pop3UpstreamState {

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, "-ERR")) {
                return fail(UpstreamFailure.UNREACHABLE, line);
            } else if (!starts(line, "+OK")) {
                return fail(UpstreamFailure.CONFUSED, line);
            }
            return wantsTls ? to(new Upgrading(login)).and(new Send("STLS")) : Authenticating.begin(login);
        }
    }

    /** Asked for TLS; what comes after its OK and before the handshake is nobody's word. */
    record Upgrading(UpstreamLogin login) implements Pop3UpstreamState, AwaitingTls<Pop3UpstreamState> {

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> on(String line) {
            return starts(line, "+OK")
                    ? to(this).and(new StartTls())
                    : fail(UpstreamFailure.UNTRUSTED, "STLS refused: " + line);
        }

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> onEncrypted() {
            return Authenticating.begin(login);
        }
    }

    /** Told it who we are. */
    record Authenticating(UpstreamLogin login) implements Pop3UpstreamState {

        static Step<Pop3UpstreamState, UpstreamEffect> begin(UpstreamLogin login) {
            return to(new Authenticating(login)).and(new Send(login.command()));
        }

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, "-ERR")) {
                return fail(LATER.matcher(line).matches() ? UpstreamFailure.BUSY : UpstreamFailure.REFUSED, line);
            } else if (!login.saidAll() && asksForTheRest(line)) {
                return to(new Authenticating(login.responded()))
                        .and(new Send(login.responses().getFirst()));
            } else if (login.saidAll() && login.surrender().isPresent() && asksForTheRest(line)) {
                return to(new Authenticating(login.surrendered()))
                        .and(new Send(login.surrender().get()));
            }
            // An OK before it has heard all opens a mailbox as nobody.
            return starts(line, "+OK") && login.saidAll()
                    ? to(new Welcomed(List.of(), false)).and(new Send("CAPA"))
                    : fail(UpstreamFailure.CONFUSED, line);
        }

        /** After USER by an OK, in SASL by a plus. */
        private boolean asksForTheRest(String line) {
            return login.command().startsWith("USER ")
                    ? starts(line, "+OK")
                    : line.equals("+") || line.startsWith("+ ");
        }
    }

    /** Logged in, and asked what it can do. One that does not know the question is as good. */
    record Welcomed(List<String> offered, boolean listing) implements Pop3UpstreamState {

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> on(String line) {
            if (listing) {
                return line.equals(".")
                        ? to(new Ended()).and(new Opened(Pop3Capabilities.throughUs(offered)))
                        : to(new Welcomed(
                                Stream.concat(offered.stream(), Stream.of(line)).toList(), true));
            } else if (starts(line, "-ERR")) {
                return to(new Ended()).and(new Opened(List.of()));
            }
            return starts(line, "+OK") ? to(new Welcomed(offered, true)) : fail(UpstreamFailure.CONFUSED, line);
        }
    }

    /** Open, or failed. What it says from now on is not ours to read. */
    record Ended() implements Pop3UpstreamState {

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> on(String line) {
            return to(this);
        }
    }
}
