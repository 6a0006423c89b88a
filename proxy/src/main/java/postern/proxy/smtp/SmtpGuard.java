package postern.proxy.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import postern.proxy.conversation.Awaited;
import postern.proxy.conversation.Awaited.Kind;
import postern.proxy.conversation.Awaited.Theirs;
import postern.proxy.conversation.CommandLine;
import postern.proxy.conversation.LineGuard;
import postern.proxy.upstream.Manners;

/**
 * Stands between commands and knows messages from them: what the upstream would do on our word alone
 * is answered here, envelopes are shown to the {@link EnvelopeRules}, messages pass unaltered. EHLO
 * is answered here, too, and becomes the RSET that it also is.
 */
final class SmtpGuard extends LineGuard {

    /** RFC 5321 section 4.5.3.1.4 allows 512, and each extension adds some. */
    private static final int MAX_LINE_BYTES = 4 * 1024;

    private static final int MAX_CHUNK_DIGITS = 18;

    private final String serverName;
    private final List<String> capabilities;
    private final EnvelopeRules rules;
    private final Manners manners;
    private boolean awaitsGoAhead;
    private @Nullable SmtpBody body;
    private long chunk;
    private boolean dropsChunk;
    private boolean over;
    private Duration rest = Duration.ZERO;
    private boolean resting;

    SmtpGuard(String serverName, List<String> capabilities, EnvelopeRules rules, Manners manners) {
        super(MAX_LINE_BYTES);
        this.serverName = serverName;
        this.capabilities = capabilities;
        this.rules = rules;
        this.manners = manners;
    }

    /** What comes behind DATA is a message or a command, and nobody knows before the upstream has said so. */
    @Override
    public boolean listens() {
        return super.listens() && !awaitsGoAhead && !resting;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public Duration rest() {
        Duration taken = rest;
        rest = Duration.ZERO;
        return taken;
    }

    @Override
    public void rested() {
        resting = false;
    }

    @Override
    public ByteBuf hear(ByteBuf said) {
        if (body != null) {
            return hearBody(body, said);
        }
        return chunk > 0 ? hearChunk(said) : super.hear(said);
    }

    private ByteBuf hearBody(SmtpBody message, ByteBuf said) {
        ByteBuf passes = said.readRetainedSlice(message.follow(said));
        switch (message.fate()) {
            case GOES_ON -> {}
            case ENDED -> {
                body = null;
                expect(Kind.PLAIN);
            }
            case AMBIGUOUS -> end("550 5.6.0 A lone dot stands between line ends that are not CR LF.");
        }
        return passes;
    }

    private ByteBuf hearChunk(ByteBuf said) {
        int length = (int) Math.min(chunk, said.readableBytes());
        chunk -= length;
        if (dropsChunk) {
            said.skipBytes(length);
            return Unpooled.EMPTY_BUFFER;
        }
        return said.readRetainedSlice(length);
    }

    /** The upstream never hears the end of the message at hand, and forgets it. */
    private void end(String why) {
        answerLast(why + "\r\n" + SmtpPhrases.goodbye("I cannot follow you"));
        over = true;
    }

    @Override
    protected ByteBuf on(CommandLine line, ByteBuf whole) {
        String verb = line.verb();
        return switch (verb) {
            case "EHLO" -> passInstead("RSET", SmtpState.lines("250", greeting()));
            case "HELO" -> passInstead("RSET", "250 " + serverName);
            case "AUTH" -> answer("503 5.5.1 You are logged in already.");
            case "STARTTLS" -> answer("503 5.5.1 You are logged in already.");
            case "XCLIENT", "XFORWARD" -> answer("550 5.7.0 Not here.");
            case "BURL" -> answer("502 5.5.1 Not here.");
            case "MAIL" -> mail(line, whole);
            case "RCPT" -> envelope(line, whole, "TO:", rules::objectionToRecipient, Kind.RECIPIENT);
            case "DATA" -> data(line, whole);
            case "BDAT" -> bdat(line, whole);
            case "" -> answer(unreadable());
            default -> pass(whole, Kind.PLAIN);
        };
    }

    private List<String> greeting() {
        return Stream.concat(Stream.of(serverName), capabilities.stream()).toList();
    }

    /** A client that sends faster than its mail server bears is not refused, but heard more slowly. */
    private ByteBuf mail(CommandLine line, ByteBuf whole) {
        ByteBuf upstream = envelope(line, whole, "FROM:", rules::objectionToSender, Kind.SENDER);
        if (upstream.isReadable()) {
            rest = manners.beforeTheNextMessage();
            resting = !rest.isZero();
        }
        return upstream;
    }

    private ByteBuf envelope(
            CommandLine line, ByteBuf whole, String keyword, Function<String, Optional<String>> objection, Kind kind) {
        String argument = new String(line.rest(), StandardCharsets.UTF_8);
        return SmtpPath.in(argument, keyword)
                .map(address -> objection.apply(address).map(this::answer).orElseGet(() -> pass(whole, kind)))
                .orElseGet(() -> answer("501 5.5.4 Expected " + keyword + "<an address>."));
    }

    private ByteBuf data(CommandLine line, ByteBuf whole) {
        if (!line.atEnd()) {
            return answer("501 5.5.4 Expected the end of the command.");
        }
        awaitsGoAhead = true;
        return pass(whole, Kind.GO_AHEAD);
    }

    /** The chunk follows its command whatever is answered, so its size must be as plain to us as to the upstream. */
    private ByteBuf bdat(CommandLine line, ByteBuf whole) {
        String size = line.word();
        String last = line.word();
        boolean plain = size.matches("[0-9]{1," + MAX_CHUNK_DIGITS + "}")
                && (last.isEmpty() || last.equalsIgnoreCase("LAST"))
                && line.atEnd();
        if (!plain) {
            end("501 5.5.4 Expected the size of a chunk.");
            return Unpooled.EMPTY_BUFFER;
        }
        chunk = Long.parseLong(size);
        dropsChunk = !SmtpCapabilities.has(capabilities, "CHUNKING");
        return dropsChunk ? answer("502 5.5.1 The mail server takes no chunks.") : pass(whole, Kind.PLAIN);
    }

    @Override
    protected void answered(Awaited by, String start) {
        if (by instanceof Theirs(Kind kind) && kind == Kind.GO_AHEAD) {
            awaitsGoAhead = false;
            body = start.startsWith("3") ? new SmtpBody() : null;
        } else if (by instanceof Theirs(Kind kind) && !start.startsWith("2")) {
            refused(kind);
        }
    }

    private void refused(Kind what) {
        switch (what) {
            case SENDER -> rules.senderRefused();
            case RECIPIENT -> rules.recipientRefused();
            case PLAIN, LISTING, GO_AHEAD, LAST -> {} // nothing was counted
        }
    }

    @Override
    protected String unreadable() {
        return "500 5.5.2 I cannot read that.";
    }

    @Override
    protected boolean endsAnswer(Awaited of, AnswerLine line) {
        return !line.start().startsWith("-", 3);
    }

    /**
     * A client that hears 421 in the place of its answer sends the message again, and somebody gets it
     * twice. In the middle of a chunk no message has been taken, once all before it is answered.
     */
    @Override
    protected boolean mayStopBefore(int answers) {
        return chunk > 0 && answers == 1;
    }

    @Override
    protected boolean isGoodbye(@Nullable Awaited by, String start) {
        return start.startsWith("221") || start.startsWith("421");
    }

    @Override
    protected String goodbye(String why) {
        return SmtpPhrases.goodbye(why) + "\r\n";
    }
}
