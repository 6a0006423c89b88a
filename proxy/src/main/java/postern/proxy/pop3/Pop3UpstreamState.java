package postern.proxy.pop3;

import java.util.List;
import java.util.Optional;
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
import postern.proxy.upstream.Errand.Told;
import postern.proxy.upstream.ProviderWords;
import postern.proxy.upstream.UpstreamFailure;

/**
 * How we log in at a POP3 upstream, a line of its at a time. Pure: no channel, no clock.
 *
 * <pre>
 *   Connected ── greeting ──→ Introducing ── heard ──→ Authenticating ── OK ──→ Welcomed
 *       │                       ↑    whose client it is  │    ↑                  │
 *       │ TLS is wanted first   │    if it may know      ╰────╯ go on            │ what can it do now?
 *       ↓                       │                                                ↓
 *   Upgrading ── OK, handshake ─╯                     Ended ←── a mailbox ── Probing
 *
 *   who only looks: Looking in the place of Introducing ── what can it do? ──→ Ended
 *
 *   anything else that it says ─────────────────────→ Ended, failed
 * </pre>
 */
sealed interface Pop3UpstreamState extends UpstreamState<Pop3UpstreamState> {

    /** What it says to a login that it would let in at another time (RFC 2449, RFC 3206). */
    Pattern LATER = Pattern.compile("(?i)-ERR \\[(IN-USE|LOGIN-DELAY|SYS/TEMP)].*");

    /** What we come for. */
    sealed interface Aim {
        boolean wantsTls();
    }

    /** To know what it can do for who is not logged in. */
    record Look(boolean wantsTls) implements Aim {}

    /**
     * To log in.
     *
     * @param client what it is to know of it, if anything
     * @param probes whether we look at the mailbox before we call it open
     */
    record Plan(UpstreamLogin login, boolean wantsTls, Optional<Told> client, boolean probes) implements Aim {

        Plan with(UpstreamLogin next) {
            return new Plan(next, wantsTls, client, probes);
        }
    }

    private static boolean starts(String line, String with) {
        return line.regionMatches(true, 0, with, 0, with.length());
    }

    private static Step<Pop3UpstreamState, UpstreamEffect> begin(Aim aim) {
        return switch (aim) {
            case Plan plan -> Introducing.begin(plan);
            case Look _ -> to(new Looking(List.of(), false)).and(new Send("CAPA"));
        };
    }

    private static Step<Pop3UpstreamState, UpstreamEffect> to(Pop3UpstreamState next) {
        return UpstreamEffect.to(next);
    }

    private static Step<Pop3UpstreamState, UpstreamEffect> fail(UpstreamFailure why, String seen) {
        return to(new Ended()).and(new Fail(why, seen));
    }

    private static Step<Pop3UpstreamState, UpstreamEffect> refused(UpstreamFailure usually, String line) {
        return fail(ProviderWords.meaningOf(line).orElse(usually), line);
    }

    /** Nothing was said yet. */
    record Connected(Aim aim) implements Pop3UpstreamState {

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, "-ERR")) {
                return refused(UpstreamFailure.UNREACHABLE, line);
            } else if (!starts(line, "+OK")) {
                return fail(UpstreamFailure.CONFUSED, line);
            }
            return aim.wantsTls() ? to(new Upgrading(aim)).and(new Send("STLS")) : begin(aim);
        }
    }

    /** Asked for TLS; what comes after its OK and before the handshake is nobody's word. */
    record Upgrading(Aim aim) implements Pop3UpstreamState, AwaitingTls<Pop3UpstreamState> {

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> on(String line) {
            return starts(line, "+OK")
                    ? to(this).and(new StartTls())
                    : fail(UpstreamFailure.UNTRUSTED, "STLS refused: " + line);
        }

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> onEncrypted() {
            return begin(aim);
        }
    }

    /** Asked what it can do, and nothing else. One that does not know the question says nothing of it. */
    record Looking(List<String> offered, boolean listing) implements Pop3UpstreamState {

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> on(String line) {
            if (listing) {
                return line.equals(".")
                        ? to(new Ended()).and(new Opened(Pop3Capabilities.printable(offered)))
                        : to(new Looking(
                                Stream.concat(offered.stream(), Stream.of(line)).toList(), true));
            } else if (starts(line, "-ERR")) {
                return to(new Ended()).and(new Opened(List.of()));
            }
            return starts(line, "+OK") ? to(new Looking(offered, true)) : fail(UpstreamFailure.CONFUSED, line);
        }
    }

    /** Told it where our client comes from. */
    record Introducing(Plan plan) implements Pop3UpstreamState {

        static Step<Pop3UpstreamState, UpstreamEffect> begin(Plan plan) {
            return plan.client()
                    .map(client -> to(new Introducing(plan)).and(new Send(introduction(client))))
                    .orElseGet(() -> Authenticating.begin(plan));
        }

        private static String introduction(Told client) {
            return "XCLIENT ADDR=%s TTL=%d".formatted(client.address(), client.hops());
        }

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> on(String line) {
            return starts(line, "+OK")
                    ? Authenticating.begin(plan)
                    : fail(UpstreamFailure.CONFUSED, "it takes no XCLIENT, which client-address asks for: " + line);
        }
    }

    /** Told it who we are. */
    record Authenticating(Plan plan) implements Pop3UpstreamState {

        static Step<Pop3UpstreamState, UpstreamEffect> begin(Plan plan) {
            return to(new Authenticating(plan)).and(new Send(plan.login().command()));
        }

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> on(String line) {
            UpstreamLogin login = plan.login();
            if (starts(line, "-ERR")) {
                return refused(
                        LATER.matcher(line).matches() ? UpstreamFailure.BUSY : UpstreamFailure.REFUSED,
                        login.refused(line));
            } else if (!login.saidAll() && asksForTheRest(line)) {
                return to(new Authenticating(plan.with(login.responded())))
                        .and(new Send(login.responses().getFirst()));
            } else if (login.saidAll() && login.surrender().isPresent() && asksForTheRest(line)) {
                return to(new Authenticating(plan.with(login.surrendered(line.substring(1)))))
                        .and(new Send(login.surrender().get()));
            }
            // An OK before it has heard all opens a mailbox as nobody.
            return starts(line, "+OK") && login.saidAll()
                    ? to(new Welcomed(plan, List.of(), false)).and(new Send("CAPA"))
                    : fail(UpstreamFailure.CONFUSED, line);
        }

        /** After USER by an OK, in SASL by a plus. */
        private boolean asksForTheRest(String line) {
            return plan.login().command().startsWith("USER ")
                    ? starts(line, "+OK")
                    : line.equals("+") || line.startsWith("+ ");
        }
    }

    /** Logged in, and asked what it can do. One that does not know the question is as good. */
    record Welcomed(Plan plan, List<String> offered, boolean listing) implements Pop3UpstreamState {

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> on(String line) {
            if (listing) {
                return line.equals(".")
                        ? Probing.begin(plan, Pop3Capabilities.throughUs(offered))
                        : to(new Welcomed(
                                plan,
                                Stream.concat(offered.stream(), Stream.of(line)).toList(),
                                true));
            } else if (starts(line, "-ERR")) {
                return ProviderWords.meaningOf(line)
                        .map(why -> fail(why, line))
                        .orElseGet(() -> Probing.begin(plan, List.of()));
            }
            return starts(line, "+OK") ? to(new Welcomed(plan, offered, true)) : fail(UpstreamFailure.CONFUSED, line);
        }
    }

    /** Asked it for the mailbox: some let everybody in and have none. */
    record Probing(List<String> capabilities) implements Pop3UpstreamState {

        static Step<Pop3UpstreamState, UpstreamEffect> begin(Plan plan, List<String> capabilities) {
            Probing probing = new Probing(capabilities);
            return plan.probes() ? to(probing).and(new Send("STAT")) : probing.open();
        }

        @Override
        public Step<Pop3UpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, "+OK")) {
                return open();
            }
            return starts(line, "-ERR")
                    ? refused(UpstreamFailure.NOT_CONNECTED, line)
                    : fail(UpstreamFailure.CONFUSED, line);
        }

        private Step<Pop3UpstreamState, UpstreamEffect> open() {
            return to(new Ended()).and(new Opened(capabilities));
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
