package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import postern.config.BeforeLoginSettings;
import postern.credentials.LoginName;
import postern.credentials.NameRules;
import postern.credentials.PresentedSecret;
import postern.proxy.sasl.SaslMechanism;
import postern.proxy.sasl.SaslStep;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.sasl.SaslStep.Malformed;
import postern.proxy.sasl.TypedName;

/**
 * Reads one framed IMAP command. Each method is a rule of the grammar (RFC 3501 section 9) and
 * carries its name; read a command by calling the rules in order.
 */
final class ImapReader {

    private static final byte NOTHING = 0;

    private final ByteBuf command;

    /**
     * @param command one whole command, with its literals and its line end
     */
    ImapReader(ByteBuf command) {
        this.command = command;
    }

    String tag() throws ImapSyntaxException {
        return ascii(run("a tag", b -> isAstringChar(b) && b != '+'));
    }

    String atom() throws ImapSyntaxException {
        return ascii(run("an atom", ImapReader::isAtomChar));
    }

    void space() throws ImapSyntaxException {
        accept(' ', "a space");
    }

    /** The command, now that nothing is left of it but the line end. */
    ImapCommand end(ImapCommand read) throws ImapSyntaxException {
        if (!atEnd()) {
            throw wanted("the end of the command");
        }
        return read;
    }

    LoginName loginName(NameRules names) throws ImapSyntaxException {
        return TypedName.read(astring(), names).orElseThrow(() -> wanted("a user name"));
    }

    /** What a client says of itself in an ID, by names in small letters. */
    Map<String, String> clientId(BeforeLoginSettings bounds) throws ImapSyntaxException {
        space();
        if (peek() != '(') {
            nil();
            return Map.of();
        }
        Map<String, String> said = new HashMap<>();
        char before = '(';
        int pairs = 0;
        do {
            accept(before, "a list of parameters");
            before = ' ';
            if (peek() == ')') {
                break;
            }
            atMost(++pairs, bounds.idPairs(), "parameters");
            byte[] field = string();
            atMost(field.length, bounds.idField(), "bytes in the name of a parameter");
            space();
            Optional<byte[]> value = nstring();
            atMost(value.map(bytes -> bytes.length).orElse(0), bounds.idValue(), "bytes in a parameter");
            value.ifPresent(bytes -> said.put(utf8(field).toLowerCase(Locale.ROOT), utf8(bytes)));
        } while (peek() != ')');
        accept(')', "a closing parenthesis");
        return said;
    }

    /** A password is the last word of its command. It never becomes a String, nor outlives a mistake. */
    PresentedSecret secret() throws ImapSyntaxException {
        PresentedSecret secret = PresentedSecret.typed(astring());
        if (!atEnd()) {
            secret.close();
            throw wanted("the end of the command");
        }
        return secret;
    }

    /** The rest of an AUTHENTICATE. */
    SaslStep initialResponse(SaslMechanism mechanism, NameRules names) throws ImapSyntaxException {
        space();
        SaslStep step = mechanism.begin(run("a message in base64", ImapReader::isBase64Char), names);
        if (!atEnd() && !(step instanceof Malformed)) {
            if (step instanceof Credentials credentials) {
                credentials.secret().close();
            }
            throw wanted("the end of the command");
        }
        return step;
    }

    /** All there is, up to the line end. */
    byte[] line() {
        int end = command.indexOf(command.readerIndex(), command.writerIndex(), (byte) '\n');
        int length = (end < 0 ? command.writerIndex() : end) - command.readerIndex();
        boolean cr = length > 0 && command.getByte(command.readerIndex() + length - 1) == '\r';
        return take(cr ? length - 1 : length);
    }

    private Optional<byte[]> nstring() throws ImapSyntaxException {
        if (peek() == '"' || peek() == '{') {
            return Optional.of(string());
        }
        nil();
        return Optional.empty();
    }

    private void nil() throws ImapSyntaxException {
        if (!atom().equalsIgnoreCase("NIL")) {
            throw wanted("a string or NIL");
        }
    }

    private byte[] string() throws ImapSyntaxException {
        return peek() == '{' ? literal() : quoted();
    }

    private byte[] astring() throws ImapSyntaxException {
        return switch (peek()) {
            case '"' -> quoted();
            case '{' -> literal();
            default -> run("a string", ImapReader::isAstringChar);
        };
    }

    /** Unescapes in place, so that no second copy of a password is left behind. */
    private byte[] quoted() throws ImapSyntaxException {
        accept('"', "a quote");
        int start = command.readerIndex();
        int length = 0;
        for (byte b = next(); b != '"'; b = next()) {
            command.setByte(start + length++, b == '\\' ? next() : b);
        }
        byte[] unescaped = new byte[length];
        command.getBytes(start, unescaped);
        return unescaped;
    }

    private byte next() throws ImapSyntaxException {
        return switch (peek()) {
            case NOTHING, '\r', '\n' -> throw wanted("a closing quote");
            default -> command.readByte();
        };
    }

    private byte[] literal() throws ImapSyntaxException {
        accept('{', "a literal");
        String digits = ascii(run("a literal's size", b -> '0' <= b && b <= '9'));
        if (peek() == '+') {
            command.skipBytes(1);
        }
        accept('}', "a closing brace");
        accept('\r', "CR");
        accept('\n', "LF");
        String significant = digits.replaceFirst("^0+(?=.)", "");
        int size = significant.length() < 5 ? Integer.parseInt(significant) : Integer.MAX_VALUE;
        if (size > command.readableBytes()) {
            throw wanted("a literal of " + digits + " bytes");
        }
        return take(size);
    }

    private byte[] run(String what, ByteProcessor isPart) throws ImapSyntaxException {
        int end = command.forEachByte(isPart);
        int length = (end < 0 ? command.writerIndex() : end) - command.readerIndex();
        if (length == 0) {
            throw wanted(what);
        }
        return take(length);
    }

    private byte[] take(int length) {
        byte[] bytes = new byte[length];
        command.readBytes(bytes);
        return bytes;
    }

    private void accept(char exactly, String what) throws ImapSyntaxException {
        if (peek() != exactly) {
            throw wanted(what);
        }
        command.skipBytes(1);
    }

    boolean atEnd() {
        return peek() == '\r' || peek() == '\n';
    }

    private byte peek() {
        return command.isReadable() ? command.getByte(command.readerIndex()) : NOTHING;
    }

    private void atMost(int seen, int most, String what) throws ImapSyntaxException {
        if (seen > most) {
            throw ImapSyntaxException.tooMuch("at most " + most + " " + what, command.readerIndex());
        }
    }

    private ImapSyntaxException wanted(String what) {
        return new ImapSyntaxException(what, command.readerIndex());
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static boolean isAtomChar(byte b) {
        return b > ' ' && b < 0x7f && "(){%*\"\\]".indexOf(b) < 0;
    }

    private static boolean isBase64Char(byte b) {
        return b > ' ' && b < 0x7f;
    }

    private static boolean isAstringChar(byte b) {
        return isAtomChar(b) || b == ']';
    }
}
