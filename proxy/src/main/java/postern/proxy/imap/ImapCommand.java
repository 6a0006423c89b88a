package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import postern.config.BeforeLoginSettings;
import postern.credentials.LoginName;
import postern.credentials.NameRules;
import postern.credentials.PresentedSecret;
import postern.proxy.sasl.SaslMechanism;
import postern.proxy.sasl.SaslStep;
import postern.proxy.upstream.Hops;

/** One command of the few we answer ourselves. */
sealed interface ImapCommand {

    String tag();

    record Capability(String tag) implements ImapCommand {}

    record Noop(String tag) implements ImapCommand {}

    /**
     * Who it is (RFC 2971).
     *
     * @param client its name, and its version behind a slash
     * @param hops all of them, unless it is a proxy that says otherwise
     */
    record Id(String tag, Optional<String> client, Hops hops) implements ImapCommand {

        static Id of(String tag, Map<String, String> said) {
            return new Id(
                    tag,
                    Optional.ofNullable(said.get("name"))
                            .map(name -> said.containsKey("version") ? name + "/" + said.get("version") : name),
                    Optional.ofNullable(said.get("x-proxy-ttl")).map(Hops::said).orElse(Hops.ALL));
        }
    }

    record Login(String tag, LoginName name, PresentedSecret secret) implements ImapCommand {}

    /**
     * A login by SASL.
     *
     * @param first what the mechanism makes of the message that came along (RFC 4959), or of none
     */
    record Authenticate(String tag, SaslStep first) implements ImapCommand {}

    record UnknownMechanism(String tag) implements ImapCommand {}

    record StartTls(String tag) implements ImapCommand {}

    record Logout(String tag) implements ImapCommand {}

    /** Not a command, or none we know. */
    record Bad(String tag, String why) implements ImapCommand {}

    /** An ID beyond its bounds. */
    record TooMuch(String tag, String why) implements ImapCommand {}

    /** Grammar first, meaning later: nothing here asks whether the command is allowed now. */
    static ImapCommand read(ByteBuf frame, NameRules names, BeforeLoginSettings bounds) {
        ImapReader in = new ImapReader(frame);
        String tag = "*";
        try {
            tag = in.tag();
            in.space();
            return switch (in.atom().toUpperCase(Locale.ROOT)) {
                case "CAPABILITY" -> in.end(new Capability(tag));
                case "ID" -> in.end(Id.of(tag, in.clientId(bounds)));
                case "NOOP" -> in.end(new Noop(tag));
                case "LOGIN" -> login(tag, in, names);
                case "AUTHENTICATE" -> authenticate(tag, in, names);
                case "STARTTLS" -> in.end(new StartTls(tag));
                case "LOGOUT" -> in.end(new Logout(tag));
                default -> new Bad(tag, "Unknown command");
            };
        } catch (ImapSyntaxException e) {
            return e.isTooMuch() ? new TooMuch(tag, e.getMessage()) : new Bad(tag, e.getMessage());
        }
    }

    private static Login login(String tag, ImapReader in, NameRules names) throws ImapSyntaxException {
        in.space();
        LoginName name = in.loginName(names);
        in.space();
        return new Login(tag, name, in.secret());
    }

    private static ImapCommand authenticate(String tag, ImapReader in, NameRules names) throws ImapSyntaxException {
        in.space();
        Optional<SaslMechanism> mechanism = SaslMechanism.named(in.atom());
        if (mechanism.isEmpty()) {
            return new UnknownMechanism(tag);
        }
        return new Authenticate(tag, in.atEnd() ? mechanism.get().begin() : in.initialResponse(mechanism.get(), names));
    }
}
