package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import java.util.Optional;
import postern.proxy.conversation.CommandLine;

/**
 * A line of a client that is logged in, read for what its upstream would do on it: no more of the
 * grammar than that. What one server would read differently from another is nobody's to read.
 *
 * @param tag {@code *} when it has none that can be read
 * @param verb in capitals; empty when there is none that can be read
 * @param literal what it announces
 * @param isClear whether every server would see the same line in it, and the same literal behind it
 */
record HeardLine(String tag, String verb, Optional<LiteralSize> literal, boolean isClear) {

    /**
     * Reads the first line of a command.
     *
     * @param line with its LF
     */
    static HeardLine first(ByteBuf line) {
        ImapReader in = new ImapReader(line.duplicate());
        String tag = "*";
        String verb = "";
        try {
            String read = in.tag();
            tag = read.length() > ResponseHead.LONGEST_TAG ? tag : read;
            in.space();
            String word = in.atom();
            if (!in.atEnd()) {
                in.space();
            }
            verb = tag.equals("*") ? "" : word.toUpperCase(Locale.ROOT);
        } catch (ImapSyntaxException _) {
            // without a verb, it is no command
        }
        return of(line, tag, verb);
    }

    /** Reads a line behind a literal of the same command: what stands there ends a string, and goes on. */
    static HeardLine next(ByteBuf line) {
        int first = line.getByte(line.readerIndex());
        return of(line, "*", " )\r\n".indexOf(first) < 0 ? "" : "*");
    }

    private static HeardLine of(ByteBuf line, String tag, String verb) {
        int lf = line.writerIndex() - 1;
        Optional<LiteralSize> literal = LiteralSize.of(line, line.readerIndex(), lf);
        boolean isClear = !verb.isEmpty()
                && !new CommandLine(line.duplicate()).isTreacherous()
                && (literal.isPresent() || !mayAnnounce(line, lf));
        return new HeardLine(tag, verb, literal, isClear);
    }

    /** Whether it ends in what is nearly the size of a literal, which some server may take for one. */
    private static boolean mayAnnounce(ByteBuf line, int lf) {
        int at = lf - 1;
        while (at >= line.readerIndex() && isBlank(line.getByte(at))) {
            at--;
        }
        if (at < line.readerIndex() || line.getByte(at) != '}') {
            return false;
        }
        int brace = at - 1;
        while (brace >= line.readerIndex() && isOfSize(line.getByte(brace))) {
            brace--;
        }
        return brace >= line.readerIndex() && line.getByte(brace) == '{';
    }

    private static boolean isOfSize(byte b) {
        return ('0' <= b && b <= '9') || b == '+' || b == '-' || isBlank(b);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    /** A line of nothing, which some clients leave behind their literals. */
    static boolean isEmpty(ByteBuf line) {
        return line.readableBytes() == 1 || (line.readableBytes() == 2 && line.getByte(line.readerIndex()) == '\r');
    }

    static boolean isDone(ByteBuf line) {
        return new CommandLine(line.duplicate()).verb().equals("DONE")
                && line.getByte(line.readerIndex() + "DONE".length()) != ' ';
    }
}
