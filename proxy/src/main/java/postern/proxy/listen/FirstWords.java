package postern.proxy.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import postern.config.DoorProtocol;

/**
 * Whether a client speaks what is spoken here. A browser that was led here (the ALPACA attack) sends a
 * request whose body holds commands: what begins as another protocol ends with its first words, before
 * a line of it is read, with TLS and without. A client that merely says something odd is no such thing.
 */
final class FirstWords extends ChannelInboundHandlerAdapter {

    private static final Set<String> OF_IMAP =
            Set.of("CAPABILITY", "LOGIN", "AUTHENTICATE", "LOGOUT", "SELECT", "ID", "STARTTLS", "NOOP");
    private static final Set<String> OF_POP3 =
            Set.of("USER", "PASS", "APOP", "CAPA", "STLS", "STAT", "RETR", "DELE", "UIDL");
    private static final Set<String> OF_SMTP =
            Set.of("EHLO", "HELO", "LHLO", "MAIL", "RCPT", "DATA", "BDAT", "XCLIENT", "XFORWARD", "VRFY");

    /** And what stands in front of it all, of somebody whom we do not believe. */
    private static final Set<String> OF_OTHERS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "PRI", "PROXY");

    private static final int MOST_LETTERS = 40;

    private static final Map<DoorProtocol, Set<String>> FOREIGN = Stream.of(DoorProtocol.values())
            .collect(Collectors.toUnmodifiableMap(spoken -> spoken, FirstWords::foreignTo));

    private final Set<String> foreign;
    private final boolean hasTags;
    private final Runnable refusal;
    private final StringBuilder word = new StringBuilder();
    private boolean inSecond;
    private boolean behindTag;
    private boolean encrypted;
    private boolean known;
    private boolean refused;

    /**
     * @param refusal is told of a client that is none
     */
    FirstWords(DoorProtocol spoken, Runnable refusal) {
        this.foreign = FOREIGN.getOrDefault(spoken, OF_OTHERS);
        this.hasTags = spoken == DoorProtocol.IMAP;
        this.refusal = refusal;
    }

    private static Set<String> foreignTo(DoorProtocol spoken) {
        return Stream.of(
                        spoken == DoorProtocol.HTTP ? Set.of("PROXY") : OF_OTHERS,
                        spoken == DoorProtocol.POP3 || spoken == DoorProtocol.HTTP ? Set.<String>of() : OF_POP3,
                        spoken == DoorProtocol.SMTP ? Set.<String>of() : OF_SMTP)
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object said) {
        if (!known && !refused && said instanceof ByteBuf bytes && isForeign(bytes)) {
            refused = true;
            refusal.run();
            ctx.fireExceptionCaught(new DecoderException("another protocol"));
        }
        if (refused) {
            ReferenceCountUtil.release(said);
            return;
        }
        ctx.fireChannelRead(said);
        if (known && encrypted) {
            ctx.pipeline().remove(this);
        }
    }

    /** Whoever spoke before TLS may be another than who speaks in it. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            encrypted = true;
            known = false;
            inSecond = false;
            word.setLength(0);
        }
        ctx.fireUserEventTriggered(event);
    }

    /** Goes on where the last packet ended; nothing is kept but the word at hand. */
    private boolean isForeign(ByteBuf bytes) {
        for (int at = bytes.readerIndex(); at < bytes.writerIndex() && !known; at++) {
            int letter = bytes.getUnsignedByte(at);
            boolean lineEnds = letter == '\r' || letter == '\n';
            if (letter == ' ' || lineEnds) {
                if (isForeignWord()) {
                    return true;
                }
                endWord(lineEnds);
            } else if (!inSecond && (letter < ' ' || letter > '~')) {
                return true; // a record of TLS, a header in binary
            } else {
                word.append((char) letter);
                known = word.length() > MOST_LETTERS;
            }
        }
        return false;
    }

    private void endWord(boolean lineEnds) {
        if (word.isEmpty() && !inSecond) {
            return; // blanks in front, of who presses Enter twice
        }
        known = lineEnds || hasTags || (inSecond && !word.isEmpty());
        behindTag = word.chars().anyMatch(Character::isDigit);
        inSecond = true;
        word.setLength(0);
    }

    /** A command of a door without tags may well be followed by such a word, but no command has a digit. */
    private boolean isForeignWord() {
        String upper = word.toString().toUpperCase(Locale.ROOT);
        return inSecond ? behindTag && OF_IMAP.contains(upper) : foreign.contains(upper) || upper.startsWith("SSH-");
    }
}
