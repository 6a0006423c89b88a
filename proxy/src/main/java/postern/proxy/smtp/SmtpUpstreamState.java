package postern.proxy.smtp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
 * How we log in at a submission server, a line of its at a time. Pure: no channel, no clock.
 *
 * <pre>
 *   Connected ── greeting ──→ Introducing ── all of its answer ──→ Authenticating
 *                               │     ↑   │ ↑                        │    ↑   │
 *         TLS is wanted first   │     │   │ │ heard                  ╰────╯   │ in
 *                               ↓     │   ↓ │                        go on    ↓
 *                             Upgrading,  Vouching: whose client it is,     Ended
 *                             handshake   if it may know
 *
 *   who only looks ends where another would begin to log in or to vouch
 *
 *   anything else that it says ───────────────────────────────────────────→ Ended, failed
 * </pre>
 */
sealed interface SmtpUpstreamState extends UpstreamState<SmtpUpstreamState> {

    Pattern REPLY = Pattern.compile("[2-5][0-9]{2}([ -].*)?");

    /** What we come for. */
    sealed interface Aim {

        /** What we call ourselves. */
        String serverName();
    }

    /** To know what it can do for who is not logged in. */
    record Look(String serverName) implements Aim {}

    /**
     * To log in.
     *
     * @param logins of which it has to take one; the one to be preferred first
     * @param promised keywords of the extensions that our clients have been told of
     * @param client what it is to know of it and does not yet, if anything
     */
    record Plan(String serverName, List<UpstreamLogin> logins, List<String> promised, Optional<Told> client)
            implements Aim {

        Plan told() {
            return new Plan(serverName, logins, promised, Optional.empty());
        }
    }

    /** What follows from the last line of a reply. */
    Step<SmtpUpstreamState, UpstreamEffect> onReply(String line);

    /** And from one that others follow. */
    default SmtpUpstreamState onPart(String line) {
        return this;
    }

    @Override
    default Step<SmtpUpstreamState, UpstreamEffect> on(String line) {
        if (!REPLY.matcher(line).matches()) {
            return fail(UpstreamFailure.CONFUSED, line);
        }
        return line.startsWith("-", 3) ? to(onPart(line.substring(4))) : onReply(line);
    }

    private static Step<SmtpUpstreamState, UpstreamEffect> to(SmtpUpstreamState next) {
        return UpstreamEffect.to(next);
    }

    private static Step<SmtpUpstreamState, UpstreamEffect> fail(UpstreamFailure why, String seen) {
        return to(new Ended()).and(new Fail(why, seen));
    }

    private static Step<SmtpUpstreamState, UpstreamEffect> refused(UpstreamFailure usually, String line) {
        return fail(ProviderWords.meaningOf(line).orElse(usually), line);
    }

    /** Nothing was said yet. */
    record Connected(Aim aim, boolean wantsTls) implements SmtpUpstreamState {

        @Override
        public Step<SmtpUpstreamState, UpstreamEffect> onReply(String line) {
            return line.startsWith("220")
                    ? Introducing.begin(aim, wantsTls)
                    : refused(line.startsWith("432") ? UpstreamFailure.BUSY : UpstreamFailure.UNREACHABLE, line);
        }
    }

    /** Told it our name, and hears what it can do. */
    record Introducing(Aim aim, boolean wantsTls, List<String> offered) implements SmtpUpstreamState {

        static Step<SmtpUpstreamState, UpstreamEffect> begin(Aim aim, boolean wantsTls) {
            return to(new Introducing(aim, wantsTls, List.of())).and(new Send("EHLO " + aim.serverName()));
        }

        @Override
        public Introducing onPart(String line) {
            return new Introducing(
                    aim,
                    wantsTls,
                    Stream.concat(offered.stream(), Stream.of(line)).toList());
        }

        @Override
        public Step<SmtpUpstreamState, UpstreamEffect> onReply(String line) {
            if (!line.startsWith("250")) {
                return refused(UpstreamFailure.CONFUSED, line);
            }
            // The first line is its name, whatever it looks like.
            List<String> all = onPart(line.length() > 4 ? line.substring(4) : "").offered().stream()
                    .skip(1)
                    .toList();
            if (wantsTls) {
                return SmtpCapabilities.has(all, "STARTTLS")
                        ? to(new Upgrading(aim)).and(new Send("STARTTLS"))
                        : fail(UpstreamFailure.UNTRUSTED, "it offers no STARTTLS");
            }
            return switch (aim) {
                case Look _ -> to(new Ended()).and(new Opened(SmtpCapabilities.printable(all)));
                case Plan plan -> goOn(plan, all);
            };
        }

        private static Step<SmtpUpstreamState, UpstreamEffect> goOn(Plan plan, List<String> all) {
            if (plan.client().isPresent()) {
                return SmtpCapabilities.has(all, "XCLIENT")
                        ? Vouching.begin(plan, plan.client().get(), SmtpCapabilities.has(all, "XCLIENT", "TTL"))
                        : fail(UpstreamFailure.CONFUSED, "it offers no XCLIENT, which client-address asks for");
            }
            Optional<UpstreamLogin> login = plan.logins().stream()
                    .filter(one -> SmtpCapabilities.takes(all, one.mechanism()))
                    .findFirst();
            return lacking(plan, all, login)
                    .map(keyword -> fail(UpstreamFailure.CONFUSED, "it offers no " + keyword))
                    .orElseGet(() -> Authenticating.begin(login.orElseThrow(), SmtpCapabilities.throughUs(all)));
        }

        private static Optional<String> lacking(Plan plan, List<String> all, Optional<UpstreamLogin> login) {
            return login.isEmpty()
                    ? Optional.of(
                            plan.logins().stream().map(UpstreamLogin::command).collect(Collectors.joining(" nor ")))
                    : plan.promised().stream()
                            .filter(keyword -> !SmtpCapabilities.has(all, keyword))
                            .map(keyword -> keyword + ", which its extensions are said to have")
                            .findFirst();
        }
    }

    /** Asked for TLS; what comes after its OK and before the handshake is nobody's word. */
    record Upgrading(Aim aim) implements SmtpUpstreamState, AwaitingTls<SmtpUpstreamState> {

        @Override
        public Step<SmtpUpstreamState, UpstreamEffect> onReply(String line) {
            return line.startsWith("220")
                    ? to(this).and(new StartTls())
                    : fail(UpstreamFailure.UNTRUSTED, "STARTTLS refused: " + line);
        }

        /** What it offered in the clear may not have been its own. */
        @Override
        public Step<SmtpUpstreamState, UpstreamEffect> onEncrypted() {
            return Introducing.begin(aim, false);
        }
    }

    /** Told it where our client comes from, after which it begins anew. */
    record Vouching(Plan plan) implements SmtpUpstreamState {

        /** @param counts whether it takes the number of hops, too: Dovecot does, Postfix does not */
        static Step<SmtpUpstreamState, UpstreamEffect> begin(Plan plan, Told client, boolean counts) {
            String address = client.address().contains(":") ? "IPV6:" + client.address() : client.address();
            String hops = counts ? " TTL=" + client.hops() : "";
            return to(new Vouching(plan)).and(new Send("XCLIENT ADDR=" + address + hops));
        }

        @Override
        public Step<SmtpUpstreamState, UpstreamEffect> onReply(String line) {
            return line.startsWith("220")
                    ? Introducing.begin(plan.told(), false)
                    : fail(UpstreamFailure.CONFUSED, "it refused XCLIENT, which client-address asks for: " + line);
        }
    }

    /** Told it who we are. */
    record Authenticating(UpstreamLogin login, List<String> capabilities) implements SmtpUpstreamState {

        static Step<SmtpUpstreamState, UpstreamEffect> begin(UpstreamLogin login, List<String> capabilities) {
            return to(new Authenticating(login, capabilities)).and(new Send(login.command()));
        }

        @Override
        public Step<SmtpUpstreamState, UpstreamEffect> onReply(String line) {
            if (line.startsWith("334") && !login.saidAll()) {
                return to(new Authenticating(login.responded(), capabilities))
                        .and(new Send(login.responses().getFirst()));
            } else if (line.startsWith("334") && login.surrender().isPresent()) {
                return to(new Authenticating(login.surrendered(line.substring(3)), capabilities))
                        .and(new Send(login.surrender().get()));
            } else if (line.startsWith("235") && login.saidAll()) {
                // An OK before it has heard all would let us send as nobody.
                return to(new Ended()).and(new Opened(capabilities));
            }
            return refused(usualMeaning(line), login.refused(line));
        }

        private static UpstreamFailure usualMeaning(String line) {
            if (line.startsWith("421")) {
                return UpstreamFailure.UNREACHABLE;
            } else if (line.startsWith("4")) {
                return UpstreamFailure.BUSY;
            }
            return line.startsWith("5") ? UpstreamFailure.REFUSED : UpstreamFailure.CONFUSED;
        }
    }

    /** Open, or failed. What it says from now on is not ours to read. */
    record Ended() implements SmtpUpstreamState {

        @Override
        public Step<SmtpUpstreamState, UpstreamEffect> on(String line) {
            return to(this);
        }

        @Override
        public Step<SmtpUpstreamState, UpstreamEffect> onReply(String line) {
            return to(this);
        }
    }
}
