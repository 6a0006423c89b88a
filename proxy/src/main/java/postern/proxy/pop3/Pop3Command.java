package postern.proxy.pop3;

import io.netty.buffer.ByteBuf;
import postern.credentials.LoginName;
import postern.credentials.NameRules;
import postern.credentials.PresentedSecret;
import postern.proxy.conversation.CommandLine;
import postern.proxy.sasl.SaslMechanism;
import postern.proxy.sasl.SaslStep;
import postern.proxy.sasl.TypedName;

/** One command of the few we answer ourselves. */
sealed interface Pop3Command {

    record Capa() implements Pop3Command {}

    record User(LoginName name) implements Pop3Command {}

    record Pass(PresentedSecret secret) implements Pop3Command {}

    /**
     * A login by SASL.
     *
     * @param first what the mechanism makes of the message that came along (RFC 5034), or of none
     */
    record Auth(SaslStep first) implements Pop3Command {}

    /** AUTH and nothing behind it: Outlook asks so for what there is. */
    record Mechanisms() implements Pop3Command {}

    record UnknownMechanism() implements Pop3Command {}

    record StartTls() implements Pop3Command {}

    record Quit() implements Pop3Command {}

    /** For a mailbox, and none is open. */
    record NotYet() implements Pop3Command {}

    /** Not a command, or none we know. */
    record Bad(String why) implements Pop3Command {}

    /** Grammar first, meaning later: nothing here asks whether the command is allowed now. */
    static Pop3Command read(ByteBuf frame, NameRules names) {
        CommandLine line = new CommandLine(frame);
        return switch (line.verb()) {
            case "CAPA" -> alone(line, new Capa());
            case "USER" ->
                TypedName.read(line.rest(), names)
                        .<Pop3Command>map(User::new)
                        .orElseGet(() -> new Bad("That is no user name"));
            case "PASS" -> new Pass(PresentedSecret.typed(line.rest()));
            case "AUTH" -> line.atEnd() ? new Mechanisms() : auth(line, names);
            case "STLS" -> alone(line, new StartTls());
            case "QUIT" -> alone(line, new Quit());
            case "STAT", "LIST", "RETR", "DELE", "NOOP", "RSET", "TOP", "UIDL" -> new NotYet();
            default -> new Bad("Unknown command");
        };
    }

    private static Pop3Command auth(CommandLine line, NameRules names) {
        return SaslMechanism.named(line.word())
                .<Pop3Command>map(known -> new Auth(line.firstMessage(known, names)))
                .orElseGet(UnknownMechanism::new);
    }

    private static Pop3Command alone(CommandLine line, Pop3Command read) {
        return line.atEnd() ? read : new Bad("Expected the end of the command");
    }
}
