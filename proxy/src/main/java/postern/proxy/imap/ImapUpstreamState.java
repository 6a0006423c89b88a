package postern.proxy.imap;

import java.util.List;
import java.util.Optional;
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
import postern.proxy.upstream.Errand.Told;
import postern.proxy.upstream.ProviderWords;
import postern.proxy.upstream.UpstreamFailure;

/**
 * How we log in at an IMAP upstream, a line of its at a time. Pure: no channel, no clock.
 *
 * <pre>
 *   Connected ── greeting ──→ Introducing ── heard ──→ Authenticating ── OK ──→ Welcomed
 *       │                       ↑    whose client it is  │    ↑                  │
 *       │ TLS is wanted first   │    if it may know      ╰────╯ +                │ what can it do now?
 *       ↓                       │                                                ↓
 *   Upgrading ── OK, handshake ─╯                     Ended ←── a mailbox ── Probing
 *
 *   who only looks: Looking in the place of Introducing ── what can it do? ──→ Ended
 *
 *   anything else that it says ─────────────────────→ Ended, failed
 * </pre>
 */
sealed interface ImapUpstreamState extends UpstreamState<ImapUpstreamState> {

    /** What it says to a login that it would let in at another time (RFC 5530). */
    Pattern LATER = Pattern.compile("(?i)L1 NO \\[(UNAVAILABLE|INUSE|LIMIT)].*");

    String UNTAGGED = "* CAPABILITY ";

    Pattern OFFERED = Pattern.compile("(?i)\\[CAPABILITY ([^\\]]*)]");

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

    private static Step<ImapUpstreamState, UpstreamEffect> begin(Aim aim) {
        return switch (aim) {
            case Plan plan -> Introducing.begin(plan);
            case Look _ -> to(new Looking("")).and(new Send("C1 CAPABILITY"));
        };
    }

    private static Step<ImapUpstreamState, UpstreamEffect> to(ImapUpstreamState next) {
        return UpstreamEffect.to(next);
    }

    private static boolean starts(String line, String with) {
        return line.regionMatches(true, 0, with, 0, with.length());
    }

    private static Step<ImapUpstreamState, UpstreamEffect> fail(UpstreamFailure why, String seen) {
        return to(new Ended()).and(new Fail(why, seen));
    }

    private static Step<ImapUpstreamState, UpstreamEffect> refused(UpstreamFailure usually, String line) {
        return fail(ProviderWords.meaningOf(line).orElse(usually), line);
    }

    /** Nothing was said yet. */
    record Connected(Aim aim) implements ImapUpstreamState {

        @Override
        public Step<ImapUpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, "* BYE")) {
                return refused(UpstreamFailure.UNREACHABLE, line);
            } else if (!starts(line, "* OK")) {
                // PREAUTH too: we would hand a client a mailbox that nobody proved to be theirs.
                return fail(UpstreamFailure.CONFUSED, line);
            }
            return aim.wantsTls() ? to(new Upgrading(aim)).and(new Send("S1 STARTTLS")) : begin(aim);
        }
    }

    /** Asked for TLS; what comes after its OK and before the handshake is nobody's word. */
    record Upgrading(Aim aim) implements ImapUpstreamState, AwaitingTls<ImapUpstreamState> {

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
            return begin(aim);
        }
    }

    /** Asked what it can do, and nothing else. */
    record Looking(String offered) implements ImapUpstreamState {

        @Override
        public Step<ImapUpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, UNTAGGED)) {
                return to(new Looking(line.substring(UNTAGGED.length())));
            } else if (starts(line, "* BYE")) {
                return refused(UpstreamFailure.UNREACHABLE, line);
            } else if (starts(line, "* ")) {
                return to(this);
            }
            return starts(line, "C1 OK") && !offered.isEmpty()
                    ? to(new Ended()).and(new Opened(ImapCapabilities.all(offered)))
                    : refused(UpstreamFailure.CONFUSED, line);
        }
    }

    /** Told it where our client comes from. */
    record Introducing(Plan plan) implements ImapUpstreamState {

        static Step<ImapUpstreamState, UpstreamEffect> begin(Plan plan) {
            return plan.client()
                    .map(client -> to(new Introducing(plan)).and(new Send(introduction(client))))
                    .orElseGet(() -> Authenticating.begin(plan));
        }

        private static String introduction(Told client) {
            return "I1 ID (\"x-originating-ip\" \"%s\" \"x-proxy-ttl\" \"%d\")"
                    .formatted(client.address(), client.hops());
        }

        @Override
        public Step<ImapUpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, "* BYE")) {
                return refused(UpstreamFailure.UNREACHABLE, line);
            } else if (starts(line, "* ")) {
                return to(this);
            }
            return starts(line, "I1 OK")
                    ? Authenticating.begin(plan)
                    : fail(UpstreamFailure.CONFUSED, "it takes no ID, which client-address asks for: " + line);
        }
    }

    /** Told it who we are. */
    record Authenticating(Plan plan) implements ImapUpstreamState {

        static Step<ImapUpstreamState, UpstreamEffect> begin(Plan plan) {
            return to(new Authenticating(plan))
                    .and(new Send("L1 " + plan.login().command()));
        }

        @Override
        public Step<ImapUpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, "+")) {
                return goOn(line.substring(1));
            } else if (starts(line, "* BYE")) {
                return refused(UpstreamFailure.UNREACHABLE, line);
            } else if (starts(line, "* ")) {
                return to(this);
            } else if (starts(line, "L1 NO")) {
                return refused(
                        LATER.matcher(line).matches() ? UpstreamFailure.BUSY : UpstreamFailure.REFUSED,
                        plan.login().refused(line));
            } else if (starts(line, "L1 BAD")) {
                return refused(UpstreamFailure.CONFUSED, line);
            }
            // An OK before it has heard all is no more worth than PREAUTH.
            return starts(line, "L1 OK") && plan.login().saidAll()
                    ? welcomed(line)
                    : fail(UpstreamFailure.CONFUSED, line);
        }

        private Step<ImapUpstreamState, UpstreamEffect> goOn(String challenge) {
            UpstreamLogin login = plan.login();
            if (!login.saidAll()) {
                return to(new Authenticating(plan.with(login.responded())))
                        .and(new Send(login.responses().getFirst()));
            }
            return login.surrender()
                    .map(last -> to(new Authenticating(plan.with(login.surrendered(challenge))))
                            .and(new Send(last)))
                    .orElseGet(() -> fail(UpstreamFailure.CONFUSED, "it asked for more than we have"));
        }

        private Step<ImapUpstreamState, UpstreamEffect> welcomed(String line) {
            Matcher offered = OFFERED.matcher(line);
            return offered.find()
                    ? Probing.begin(plan, offered.group(1))
                    : to(new Welcomed(plan, "")).and(new Send("C1 CAPABILITY"));
        }
    }

    /** Logged in, and asked what it can do for who is logged in. */
    record Welcomed(Plan plan, String offered) implements ImapUpstreamState {

        @Override
        public Step<ImapUpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, UNTAGGED)) {
                return to(new Welcomed(plan, line.substring(UNTAGGED.length())));
            } else if (starts(line, "* BYE")) {
                return refused(UpstreamFailure.UNREACHABLE, line);
            } else if (starts(line, "* ")) {
                return to(this);
            }
            return starts(line, "C1 OK") && !offered.isEmpty()
                    ? Probing.begin(plan, offered)
                    : refused(UpstreamFailure.CONFUSED, line);
        }
    }

    /** Asked it for the mailbox: some let everybody in and have none. */
    record Probing(List<String> capabilities) implements ImapUpstreamState {

        static Step<ImapUpstreamState, UpstreamEffect> begin(Plan plan, String offered) {
            Probing probing = new Probing(ImapCapabilities.throughUs(offered));
            return plan.probes() ? to(probing).and(new Send("P1 STATUS INBOX (UIDVALIDITY)")) : probing.open();
        }

        @Override
        public Step<ImapUpstreamState, UpstreamEffect> on(String line) {
            if (starts(line, "P1 OK")) {
                return open();
            } else if (starts(line, "P1 ") || starts(line, "* BYE")) {
                return refused(UpstreamFailure.NOT_CONNECTED, line);
            }
            return starts(line, "* ") ? to(this) : fail(UpstreamFailure.CONFUSED, line);
        }

        private Step<ImapUpstreamState, UpstreamEffect> open() {
            return to(new Ended()).and(new Opened(capabilities));
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
