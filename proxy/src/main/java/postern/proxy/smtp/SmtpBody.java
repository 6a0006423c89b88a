package postern.proxy.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/**
 * Follows a message to its end, CRLF.CRLF and no other. Some servers take a lone dot between other
 * line ends for the end, too; what comes behind it would be a message of its own to them, or a
 * command, and would come from us. So such a dot is not passed on, with its line end.
 */
final class SmtpBody {

    /** Where the next byte stands. */
    private enum Place {
        LINE,
        /** Behind a CR that may be half a line end. */
        CR,
        /** Behind CRLF, as at the beginning. */
        START,
        /** Behind what is a line end to some. */
        DOUBTFUL_START,
        DOT,
        DOUBTFUL_DOT
    }

    /** What became of it. */
    enum Fate {
        GOES_ON,
        ENDED,
        /** The next byte would be an end to some, and none to others. */
        AMBIGUOUS
    }

    private Place place = Place.START;
    private Fate fate = Fate.GOES_ON;

    Fate fate() {
        return fate;
    }

    /** How many of these bytes belong to the message and may be passed on now. */
    int follow(ByteBuf bytes) {
        int start = bytes.readerIndex();
        int end = bytes.writerIndex();
        for (int at = start; at < end; at++) {
            byte b = bytes.getByte(at);
            if (place == Place.DOT && b == '\r') {
                if (at + 1 == end) {
                    return at - start; // whether that is the end, the next byte says
                }
                fate = bytes.getByte(at + 1) == '\n' ? Fate.ENDED : Fate.AMBIGUOUS;
                return fate == Fate.ENDED ? at + 2 - start : at - start;
            }
            if (isEndToSome(b)) {
                fate = Fate.AMBIGUOUS;
                return at - start;
            }
            place = behind(b);
            if (place == Place.LINE) {
                int lineEnd = bytes.forEachByte(at, end - at, ByteProcessor.FIND_CRLF);
                at = (lineEnd < 0 ? end : lineEnd) - 1;
            }
        }
        return end - start;
    }

    private boolean isEndToSome(byte b) {
        return (place == Place.DOT && b == '\n') || (place == Place.DOUBTFUL_DOT && (b == '\r' || b == '\n'));
    }

    private Place behind(byte b) {
        return switch (b) {
            case '\r' -> Place.CR;
            case '\n' -> place == Place.CR ? Place.START : Place.DOUBTFUL_START;
            case '.' ->
                switch (place) {
                    case START -> Place.DOT;
                    case CR, DOUBTFUL_START -> Place.DOUBTFUL_DOT;
                    case LINE, DOT, DOUBTFUL_DOT -> Place.LINE;
                };
            default -> Place.LINE;
        };
    }
}
