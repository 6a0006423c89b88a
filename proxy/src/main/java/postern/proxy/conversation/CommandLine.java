package postern.proxy.conversation;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import postern.credentials.NameRules;
import postern.proxy.sasl.SaslMechanism;
import postern.proxy.sasl.SaslStep;

/**
 * A command where every command is a line: a verb, and what stands behind it. Read from left to
 * right. Where another server would be generous about spaces and control characters we are not: what
 * is one command to us must not be another one to the upstream.
 */
public final class CommandLine {

    private final ByteBuf line;
    private final int end;

    /**
     * Looks for its line end.
     *
     * @param line with its line end, CRLF or LF
     */
    public CommandLine(ByteBuf line) {
        int stop = line.writerIndex();
        stop -= stop > line.readerIndex() && line.getByte(stop - 1) == '\n' ? 1 : 0;
        stop -= stop > line.readerIndex() && line.getByte(stop - 1) == '\r' ? 1 : 0;
        this.line = line;
        this.end = stop;
    }

    /** In capitals; none when the line does not begin with letters and go on with a space. */
    public String verb() {
        int start = line.readerIndex();
        int at = start;
        while (at < end && isLetterOrDigit(line.getByte(at))) {
            at++;
        }
        if (at < end && line.getByte(at) != ' ') {
            return "";
        }
        String verb = line.toString(start, at - start, StandardCharsets.US_ASCII);
        line.readerIndex(at);
        return verb.toUpperCase(Locale.ROOT);
    }

    /** The next word, which a space stands before; none when there is none. */
    public String word() {
        if (atEnd()) {
            return "";
        }
        skipSpace();
        int space = line.indexOf(line.readerIndex(), end, (byte) ' ');
        int length = (space < 0 ? end : space) - line.readerIndex();
        return line.readCharSequence(length, StandardCharsets.ISO_8859_1).toString();
    }

    /** All that is left, less the space before it. It may be a password, so it is bytes. */
    public byte[] rest() {
        skipSpace();
        return all();
    }

    /** The rest of an AUTH, behind its mechanism: the first message, if that came along (RFC 5034, RFC 4954). */
    public SaslStep firstMessage(SaslMechanism mechanism, NameRules names) {
        return atEnd() ? mechanism.begin() : mechanism.begin(rest(), names);
    }

    /** The line as it is, where it is no command but a message. It may be a password, so it is bytes. */
    public byte[] all() {
        byte[] all = new byte[end - line.readerIndex()];
        line.readBytes(all);
        return all;
    }

    private void skipSpace() {
        if (line.readerIndex() < end && line.getByte(line.readerIndex()) == ' ') {
            line.skipBytes(1);
        }
    }

    /** Whether nothing is left but spaces, which some clients leave behind. */
    public boolean atEnd() {
        for (int at = line.readerIndex(); at < end; at++) {
            if (line.getByte(at) != ' ') {
                return false;
            }
        }
        return true;
    }

    /** Whether it holds what others have taken for a line end, or for the end of a string. */
    public boolean isTreacherous() {
        for (int at = line.readerIndex(); at < end; at++) {
            if (line.getByte(at) == '\r' || line.getByte(at) == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetterOrDigit(byte b) {
        return b > 0 && Character.isLetterOrDigit(b);
    }
}
