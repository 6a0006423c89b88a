package postern.proxy.smtp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import postern.credentials.NameRules;
import postern.proxy.conversation.CommandLine;
import postern.proxy.sasl.SaslMechanism;
import postern.proxy.sasl.SaslStep;

/** One command of the few we answer ourselves. */
sealed interface SmtpCommand {

    /** Mechanisms that clients try when they are told to be secure, and that need a secret which can be read back. */
    Set<String> TOO_WEAK = Set.of("CRAM-MD5", "DIGEST-MD5", "NTLM", "GSSAPI", "MSN");

    /** What a client calls itself proves nothing, and the upstream hears our name: it is for whoever looks for the client. */
    record Ehlo(String client) implements SmtpCommand {}

    record Helo(String client) implements SmtpCommand {}

    /**
     * A login by SASL.
     *
     * @param first what the mechanism makes of the message that came along, or of none
     */
    record Auth(SaslStep first) implements SmtpCommand {}

    record UnknownMechanism(boolean tooWeak) implements SmtpCommand {}

    record StartTls() implements SmtpCommand {}

    record Noop() implements SmtpCommand {}

    record Rset() implements SmtpCommand {}

    record Vrfy() implements SmtpCommand {}

    record Help() implements SmtpCommand {}

    record Quit() implements SmtpCommand {}

    /**
     * Begins a message, and nobody is logged in.
     *
     * @param line as it came, in ISO 8859-1, with its line end
     */
    record Mail(String line) implements SmtpCommand {}

    /** Continues a message, or begins one otherwise, and nobody is logged in. */
    record NotYet() implements SmtpCommand {}

    /** What would tell the upstream that we are somebody else. */
    record Forbidden() implements SmtpCommand {}

    /** Known to the standard, and to nobody here. */
    record NotHere() implements SmtpCommand {}

    /** Not a command, or none we know. */
    record Bad(String code, String why) implements SmtpCommand {}

    /** Grammar first, meaning later: nothing here asks whether the command is allowed now. */
    static SmtpCommand read(ByteBuf frame, NameRules names) {
        int start = frame.readerIndex();
        CommandLine line = new CommandLine(frame);
        return switch (line.verb()) {
            case "EHLO" -> line.atEnd() ? argument("Say who you are") : new Ehlo(line.word());
            case "HELO" -> line.atEnd() ? argument("Say who you are") : new Helo(line.word());
            case "AUTH" -> line.atEnd() ? argument("Say which mechanism") : auth(line, names);
            case "STARTTLS" -> line.atEnd() ? new StartTls() : argument("Expected the end of the command");
            case "NOOP" -> new Noop();
            case "RSET" -> new Rset();
            case "VRFY" -> new Vrfy();
            case "HELP" -> new Help();
            case "QUIT" -> new Quit();
            case "MAIL" -> new Mail(frame.toString(start, frame.writerIndex() - start, StandardCharsets.ISO_8859_1));
            case "RCPT", "DATA", "BDAT", "BURL" -> new NotYet();
            case "XCLIENT", "XFORWARD" -> new Forbidden();
            case "EXPN", "ETRN", "TURN", "ATRN", "SEND", "SOML", "SAML" -> new NotHere();
            default -> new Bad("500 5.5.2", "Unknown command");
        };
    }

    private static SmtpCommand auth(CommandLine line, NameRules names) {
        String mechanism = line.word();
        return SaslMechanism.named(mechanism)
                .<SmtpCommand>map(known -> new Auth(line.firstMessage(known, names)))
                .orElseGet(() -> new UnknownMechanism(TOO_WEAK.contains(mechanism.toUpperCase(Locale.ROOT))));
    }

    private static Bad argument(String why) {
        return new Bad("501 5.5.4", why);
    }
}
