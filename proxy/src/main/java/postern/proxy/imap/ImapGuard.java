package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import postern.proxy.relay.Edit;
import postern.proxy.relay.Guard;
import postern.proxy.session.SessionEnd;
import postern.proxy.upstream.Manners;

/**
 * Stands between commands and knows literals from them: what would undo the login, or lend a client
 * the trust that the upstream has in us, is answered here.
 *
 * <p>Whether a literal follows a line is the upstream's to say, not ours: until it has asked for it,
 * or has answered the command instead, nobody is listened to. Two readers of one stream need not agree
 * about quotes and brackets then, and no command can be smuggled inside what only one of them takes
 * for a literal. So {@code {n+}} becomes <code>{n}</code> on its way, for upstreams that do not know it
 * too, and the upstream's request is not passed on.
 */
final class ImapGuard implements Guard, ImapResponses.Hearer {

    private static final int MAX_LINE_BYTES = 64 * 1024;

    private static final Set<String> OF_A_LOGIN =
            Set.of("LOGIN", "AUTHENTICATE", "STARTTLS", "UNAUTHENTICATE", "X-UNAUTHENTICATE", "PROXYAUTH", "COMPRESS");

    private static final String NO_TAG = "";

    /**
     * A literal that the upstream has been told of.
     *
     * @param unasked whether the client sends it without being asked
     */
    private record Announced(int bytes, boolean unasked) {}

    private final ImapResponses responses = new ImapResponses(this);
    private final Manners manners;
    private final AwaitedTags awaited = new AwaitedTags();
    private final StringBuilder ours = new StringBuilder();
    private String command = NO_TAG; // has a line or a literal to come
    private String idle = NO_TAG; // ends by DONE
    private String idleUnheard = NO_TAG; // the upstream has not said yet whether it may
    private @Nullable Announced announced;
    private int literal;
    private int searched;
    private boolean answered; // the command, although it is not at its end
    private boolean dropping; // what is left of a command that nobody takes
    private boolean holding;
    private boolean over;

    ImapGuard(Manners manners) {
        this.manners = manners;
    }

    @Override
    public ByteBuf hear(ByteBuf said) {
        if (literal > 0) {
            return hearLiteral(said);
        }
        int lf = said.indexOf(said.readerIndex() + searched, said.writerIndex(), (byte) '\n');
        int length = (lf < 0 ? said.writerIndex() : lf + 1) - said.readerIndex();
        searched = lf < 0 ? length : 0;
        if (length > MAX_LINE_BYTES) {
            return end(said);
        } else if (lf < 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf line = said.slice(said.readerIndex(), length);
        ByteBuf upstream = command.isEmpty() ? onFirst(line) : onNext(line);
        if (!holding) {
            said.skipBytes(length);
        }
        return upstream;
    }

    private ByteBuf hearLiteral(ByteBuf said) {
        int length = Math.min(literal, said.readableBytes());
        literal -= length;
        if (dropping) {
            wipe(said.readSlice(length));
            return Unpooled.EMPTY_BUFFER;
        }
        return said.readRetainedSlice(length);
    }

    private ByteBuf onFirst(ByteBuf line) {
        boolean done = HeardLine.isDone(line);
        if (done || (HeardLine.isEmpty(line) && idle.isEmpty())) {
            idle = NO_TAG;
            return line.retainedSlice();
        }
        HeardLine heard = HeardLine.first(line);
        if (!heard.isClear()) {
            return refuse(heard, line, "I cannot read that");
        } else if (OF_A_LOGIN.contains(heard.verb())) {
            return refuse(heard, line, "You are logged in, and stay so");
        } else if (!idle.isEmpty()) {
            return refuse(heard, line, "Say DONE first");
        } else if (heard.verb().equals("ID") && tellsOfAnother(heard, line)) {
            return refuse(heard, line, "Say of yourself what you like, and of others nothing");
        }
        return heard.literal().isPresent() || heard.verb().equals("IDLE") ? onWaiting(heard, line) : pass(heard, line);
    }

    /** An upstream that believes our x-originating-ip must not hear a client's. */
    private static boolean tellsOfAnother(HeardLine heard, ByteBuf line) {
        String text = line.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return heard.literal().isPresent() || text.contains("\"x-");
    }

    /** Only one command at a time may be asked to go on, or nobody would know which one was. */
    private ByteBuf onWaiting(HeardLine heard, ByteBuf line) {
        holding = !idleUnheard.isEmpty();
        if (holding) {
            return Unpooled.EMPTY_BUFFER;
        } else if (awaited.has(heard.tag())) {
            return refuse(heard, line, "That tag is in use");
        } else if (heard.literal()
                .filter(size -> size.bytes() == Integer.MAX_VALUE)
                .isPresent()) {
            return refuse(heard, line, "Nobody takes so much");
        }
        if (heard.literal().isEmpty()) {
            idle = heard.tag();
            idleUnheard = heard.tag();
        }
        return pass(heard, line);
    }

    private ByteBuf onNext(ByteBuf line) {
        HeardLine heard = HeardLine.next(line);
        if (dropping) {
            wipe(line);
            drop(command, heard);
            return Unpooled.EMPTY_BUFFER;
        }
        Optional<LiteralSize> more = heard.literal();
        boolean lost = answered
                || more.filter(size -> size.bytes() == Integer.MAX_VALUE).isPresent();
        return !heard.isClear() || (more.isPresent() && lost) ? end(line) : go(heard, line);
    }

    private ByteBuf pass(HeardLine heard, ByteBuf line) {
        awaited.add(heard.tag());
        command = heard.tag();
        answered = false;
        return go(heard, line);
    }

    private ByteBuf go(HeardLine heard, ByteBuf line) {
        if (heard.literal().isEmpty()) {
            command = NO_TAG;
            return line.retainedSlice();
        }
        LiteralSize size = heard.literal().get();
        announced = new Announced(size.bytes(), !size.waits());
        if (size.waits()) {
            return line.retainedSlice();
        }
        int plus = line.readableBytes() - "+}\r\n".length();
        return Unpooled.wrappedBuffer(
                line.retainedSlice(line.readerIndex(), plus),
                Unpooled.copiedBuffer("}\r\n", StandardCharsets.US_ASCII));
    }

    /** It may have been a second login, password and all. */
    private ByteBuf refuse(HeardLine heard, ByteBuf line, String why) {
        if (heard.literal()
                .filter(size -> size.bytes() == Integer.MAX_VALUE && !size.waits())
                .isPresent()) {
            return end(line);
        }
        ours.append(heard.tag()).append(" BAD ").append(why).append(".\r\n");
        wipe(line);
        drop(heard.tag(), heard);
        return Unpooled.EMPTY_BUFFER;
    }

    /** A client that waits to be asked for a literal hears an answer instead, and its command is over. */
    private void drop(String tag, HeardLine heard) {
        Optional<LiteralSize> follows = heard.literal().filter(size -> !size.waits());
        dropping = follows.isPresent();
        command = dropping ? tag : NO_TAG;
        literal = follows.map(LiteralSize::bytes).orElse(0);
    }

    /** The upstream never hears the end of the command at hand, and forgets it. */
    private ByteBuf end(ByteBuf said) {
        wipe(said);
        ours.append(ImapPhrases.goodbye("I cannot follow you")).append("\r\n");
        over = true;
        return Unpooled.EMPTY_BUFFER;
    }

    private static void wipe(ByteBuf bytes) {
        if (!bytes.isReadOnly()) {
            bytes.setZero(bytes.readerIndex(), bytes.readableBytes());
        }
    }

    @Override
    public boolean clientWaits() {
        return announced == null || !announced.unasked();
    }

    @Override
    public void goAhead() {
        if (announced != null) {
            literal = announced.bytes();
            announced = null;
        } else {
            idleUnheard = NO_TAG;
            holding = false;
        }
    }

    @Override
    public void complained(String words) {
        manners.complained(words);
    }

    @Override
    public void answered(String tag) {
        awaited.answered(tag);
        idle = tag.equals(idle) ? NO_TAG : idle;
        idleUnheard = tag.equals(idleUnheard) ? NO_TAG : idleUnheard;
        holding &= !idleUnheard.isEmpty();
        if (!tag.equals(command)) {
            return;
        }
        answered = true;
        if (announced != null) {
            dropping = announced.unasked();
            literal = dropping ? announced.bytes() : 0;
            command = dropping ? command : NO_TAG;
            announced = null;
        }
    }

    @Override
    public boolean listens() {
        return announced == null && !holding && !awaited.areMany();
    }

    @Override
    public String due() {
        if (!responses.areWhole()) {
            return "";
        }
        String due = ours.toString();
        ours.setLength(0);
        return due;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public int follow(ByteBuf toClient) {
        return responses.follow(toClient);
    }

    @Override
    public List<Edit> edits() {
        return responses.edits();
    }

    @Override
    public boolean atBoundary() {
        return responses.areWhole() && mayStop();
    }

    @Override
    public boolean isAllAnswered() {
        return atBoundary() && announced == null && !holding;
    }

    @Override
    public boolean isBetweenResponses() {
        return responses.areWhole();
    }

    /** Whoever idles waits for nothing; and of a command that is not at its end, nothing was done. */
    @Override
    public boolean mayStop() {
        return awaited.areOnly(idle, command);
    }

    @Override
    public String words(SessionEnd why) {
        return ImapPhrases.goodbye(why.words()) + "\r\n";
    }

    @Override
    public String wordsForTheUpstream() {
        boolean silent = responses.areWhole() && !responses.saidGoodbye() && !over;
        return silent ? ImapPhrases.goodbye(HUNG_UP) + "\r\n" : "";
    }
}
