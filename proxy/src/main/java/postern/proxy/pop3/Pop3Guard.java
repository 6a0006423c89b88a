package postern.proxy.pop3;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;
import postern.proxy.conversation.Awaited;
import postern.proxy.conversation.Awaited.Kind;
import postern.proxy.conversation.Awaited.Theirs;
import postern.proxy.conversation.CommandLine;
import postern.proxy.conversation.LineGuard;

/**
 * Keeps a second login from the upstream, answers CAPA for it, and knows where an answer ends: with
 * its line, or with a lone dot when it is a listing. A goodbye anywhere else would become part of a
 * message.
 */
final class Pop3Guard extends LineGuard {

    /** RFC 2449 section 4 allows 255. */
    private static final int MAX_LINE_BYTES = 512;

    private final List<String> capabilities;

    /**
     * Guards one session.
     *
     * @param capabilities the mailbox's, through us; none when it does not know the question
     */
    Pop3Guard(List<String> capabilities) {
        super(MAX_LINE_BYTES);
        this.capabilities = capabilities;
    }

    @Override
    protected ByteBuf on(CommandLine line, ByteBuf whole) {
        return switch (line.verb()) {
            case "USER", "PASS", "AUTH", "APOP", "XCLIENT" -> answer("-ERR You are logged in already.");
            case "STLS" -> answer("-ERR TLS is on already.");
            case "CAPA" -> capabilities.isEmpty() ? pass(whole, Kind.LISTING) : answer(listing());
            case "LIST", "UIDL", "LANG" -> pass(whole, line.atEnd() ? Kind.LISTING : Kind.PLAIN);
            case "QUIT" -> pass(whole, Kind.LAST);
            case "RETR", "TOP" -> pass(whole, Kind.LISTING);
            case "" -> answer(unreadable());
            default -> pass(whole, Kind.PLAIN);
        };
    }

    private String listing() {
        return "+OK I can do this.\r\n" + String.join("\r\n", capabilities) + "\r\n.";
    }

    @Override
    protected String unreadable() {
        return "-ERR I cannot read that.";
    }

    @Override
    protected boolean endsAnswer(Awaited of, AnswerLine line) {
        return line.first()
                ? !(of instanceof Theirs(Kind kind)
                        && kind == Kind.LISTING
                        && line.start().startsWith("+"))
                : line.length() == 1 && line.start().startsWith(".") && line.clean();
    }

    @Override
    protected boolean mayStopBefore(int answers) {
        return true;
    }

    /** Nobody speaks unasked in POP3, but to say that this is the end. */
    @Override
    protected boolean isGoodbye(@Nullable Awaited by, String start) {
        return by == null || (by instanceof Theirs(Kind kind) && kind == Kind.LAST);
    }

    @Override
    protected String goodbye(String why) {
        return Pop3Phrases.goodbye(why) + "\r\n";
    }
}
