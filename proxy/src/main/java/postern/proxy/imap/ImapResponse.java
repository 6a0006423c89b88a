package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import postern.credentials.NameRules;
import postern.proxy.sasl.PlainMessage;

/** The line a client sends when AUTHENTICATE told it to go on. */
sealed interface ImapResponse {

    /** A lone star (RFC 3501 section 6.2.2). */
    record Cancelled() implements ImapResponse {}

    record Message(PlainMessage message) implements ImapResponse {}

    static ImapResponse read(ByteBuf frame, NameRules names) {
        byte[] line = new ImapReader(frame).line();
        return line.length == 1 && line[0] == '*' ? new Cancelled() : new Message(PlainMessage.read(line, names));
    }
}
