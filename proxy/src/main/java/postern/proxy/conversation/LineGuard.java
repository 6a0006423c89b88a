package postern.proxy.conversation;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import postern.proxy.conversation.Awaited.Instead;
import postern.proxy.conversation.Awaited.Ours;
import postern.proxy.conversation.Awaited.Theirs;
import postern.proxy.relay.Edit;
import postern.proxy.relay.Guard;
import postern.proxy.session.SessionEnd;

/**
 * A guard where commands are lines and each has one answer. It counts the answers that are still to
 * come, so that one of ours stands where the client expects it, however many commands came at once.
 */
public abstract class LineGuard implements Guard {

    /** Commands that the upstream has not answered yet; more wait. */
    private static final int MOST_AWAITED = 1_000;

    /** Of an answer's line, as much as tells what it is. */
    private static final int START = 4;

    private final int mostLineBytes;
    private final Deque<Awaited> awaited = new ArrayDeque<>();
    private final List<Edit> edits = new ArrayList<>();
    private final byte[] lineStart = new byte[START];
    private int lineLength;
    private byte lineLast;
    private boolean afterCrlf = true;
    private boolean midAnswer;
    private boolean skipping;
    private boolean goodbye; // of the upstream's own

    protected LineGuard(int mostLineBytes) {
        this.mostLineBytes = mostLineBytes;
    }

    /** What becomes of a command; of an answer of ours, by {@link #answer}, and then nothing goes upstream. */
    protected abstract ByteBuf on(CommandLine line, ByteBuf whole);

    /** Our answer to what is no command. */
    protected abstract String unreadable();

    /**
     * A line of an answer.
     *
     * @param start its first characters
     * @param length without its line end
     * @param first whether the answer begins with it
     * @param clean whether it ends in CRLF, and so does the one before it
     */
    protected record AnswerLine(String start, int length, boolean first, boolean clean) {}

    protected abstract boolean endsAnswer(Awaited of, AnswerLine line);

    /** An answer of the upstream's came to its end. */
    protected void answered(Awaited by, String start) {}

    /** Whether the upstream leaves behind such an answer, to a command or to none. */
    protected abstract boolean isGoodbye(@Nullable Awaited by, String start);

    /** In our words, with its line end. */
    protected abstract String goodbye(String why);

    /** Whether a goodbye may stand where so many answers are still to come, one at least. */
    protected abstract boolean mayStopBefore(int answers);

    @Override
    public ByteBuf hear(ByteBuf said) {
        int lf = said.indexOf(said.readerIndex(), said.writerIndex(), (byte) '\n');
        int length = (lf < 0 ? said.writerIndex() : lf + 1) - said.readerIndex();
        if (length > mostLineBytes || skipping) {
            said.skipBytes(length);
            skipping = lf < 0;
            return skipping ? Unpooled.EMPTY_BUFFER : answer(unreadable());
        } else if (lf < 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf whole = said.readSlice(length);
        CommandLine line = new CommandLine(whole.duplicate());
        ByteBuf upstream = line.isTreacherous() ? answer(unreadable()) : on(line, whole);
        if (!upstream.isReadable() && !whole.isReadOnly()) {
            whole.setZero(0, whole.capacity()); // it may have been a second login, password and all
        }
        return upstream;
    }

    /** The command goes upstream as it is. */
    protected final ByteBuf pass(ByteBuf whole, Awaited.Kind answer) {
        awaited.add(new Theirs(answer));
        return whole.retainedSlice();
    }

    /** The upstream hears another command, and the client our answer. */
    protected final ByteBuf passInstead(String command, String ours) {
        awaited.add(new Instead(ours + "\r\n"));
        return Unpooled.copiedBuffer(command + "\r\n", StandardCharsets.US_ASCII);
    }

    /** The upstream hears nothing. */
    protected final ByteBuf answer(String ours) {
        awaited.add(new Ours(ours + "\r\n"));
        return Unpooled.EMPTY_BUFFER;
    }

    /** The last that the client hears, whatever else it waits for. */
    protected final void answerLast(String ours) {
        awaited.clear();
        awaited.add(new Ours(ours + "\r\n"));
    }

    /** An answer to come that no command asks for. */
    protected final void expect(Awaited.Kind answer) {
        awaited.add(new Theirs(answer));
    }

    @Override
    public boolean listens() {
        return awaited.size() < MOST_AWAITED;
    }

    @Override
    public boolean isOver() {
        return false;
    }

    @Override
    public final String due() {
        StringBuilder due = new StringBuilder();
        while (isBetweenAnswers() && awaited.peek() instanceof Ours(String line)) {
            awaited.remove();
            due.append(line);
        }
        return due.toString();
    }

    @Override
    public final int follow(ByteBuf toClient) {
        edits.clear();
        int start = toClient.readerIndex();
        int end = toClient.writerIndex();
        int answer = start;
        int whole = start;
        for (int at = start; at < end; ) {
            int lf = toClient.indexOf(at, end, (byte) '\n');
            remember(toClient, at, lf < 0 ? end : lf);
            at = lf < 0 ? end : lf + 1;
            if (lf >= 0 && endLine()) {
                settle(answer - start, at - start);
                answer = at;
                whole = atBoundary() ? at : whole;
            }
        }
        if (answer < end && awaited.peek() instanceof Instead) {
            edits.add(new Edit(answer - start, end - start, ""));
        }
        return whole - start;
    }

    @Override
    public final List<Edit> edits() {
        return edits;
    }

    @Override
    public final boolean atBoundary() {
        return isBetweenAnswers() && (awaited.isEmpty() || mayStopBefore(awaited.size()));
    }

    @Override
    public final boolean isAllAnswered() {
        return isBetweenAnswers() && awaited.isEmpty();
    }

    private boolean isBetweenAnswers() {
        return !midAnswer && lineLength == 0;
    }

    @Override
    public final String words(SessionEnd why) {
        return goodbye(why.words());
    }

    /** In the place of the next answer, which will never come: whoever waits for it would be cut off otherwise, and knows no more. */
    @Override
    public final String wordsForTheUpstream() {
        boolean silent = isBetweenAnswers() && !goodbye && !isOver();
        return silent ? goodbye(HUNG_UP) : "";
    }

    private void remember(ByteBuf line, int from, int to) {
        for (int at = from; at < to && lineLength + at - from < START; at++) {
            lineStart[lineLength + at - from] = line.getByte(at);
        }
        lineLength += to - from;
        lineLast = from < to ? line.getByte(to - 1) : lineLast;
    }

    /** Whether the answer ends with the line that just did. */
    private boolean endLine() {
        boolean crlf = lineLength > 0 && lineLast == '\r';
        Awaited of = awaited.isEmpty() ? new Theirs(Awaited.Kind.PLAIN) : awaited.peek();
        AnswerLine line = new AnswerLine(start(), lineLength - (crlf ? 1 : 0), !midAnswer, crlf && afterCrlf);
        boolean ends = endsAnswer(of, line);
        afterCrlf = crlf;
        if (!ends) {
            lineLength = 0;
        }
        midAnswer = !ends;
        return ends;
    }

    private String start() {
        return new String(lineStart, 0, Math.min(lineLength, START), StandardCharsets.ISO_8859_1);
    }

    private void settle(int from, int to) {
        String begin = start();
        lineLength = 0;
        Awaited by = awaited.poll();
        if (by instanceof Instead(String ours)) {
            edits.add(new Edit(from, to, ours));
        }
        goodbye |= isGoodbye(by, begin);
        if (by != null) {
            answered(by, begin);
        }
        String ours = due();
        if (!ours.isEmpty()) {
            edits.add(new Edit(to, to, ours));
        }
    }
}
