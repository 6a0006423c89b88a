package postern.bench.doors;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of IMAP as it takes to be let in, to idle, and to fetch and append one large message. */
final class MailboxSession extends ByteToMessageDecoder {

    static final int MESSAGE_BYTES = 1 << 20;

    private static final byte[] LINE =
            "A line of a message that is a mebibyte long.\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final ByteBuf MESSAGE = Unpooled.unreleasableBuffer(message());
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)(\\+?)}$");
    private static final String CAPABILITIES = "[CAPABILITY IMAP4rev1 LITERAL+ SASL-IR IDLE AUTH=PLAIN]";

    private final StringBuilder command = new StringBuilder();
    private int literal;
    private boolean waiting; // the command ends with the next line, whatever that is

    private static ByteBuf message() {
        ByteBuf message = Unpooled.directBuffer(MESSAGE_BYTES);
        while (message.isWritable(LINE.length)) {
            message.writeBytes(LINE);
        }
        return message.writeZero(MESSAGE_BYTES - message.writerIndex()).asReadOnly();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        say(context, "* OK " + CAPABILITIES + " Here.");
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        while (in.isReadable()) {
            if (literal > 0) {
                int read = Math.min(literal, in.readableBytes());
                in.skipBytes(read);
                literal -= read;
                continue;
            }
            int lf = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
            if (lf < 0) {
                return;
            }
            String line = in.readCharSequence(lf + 1 - in.readerIndex(), StandardCharsets.US_ASCII)
                    .toString()
                    .strip();
            command.append(line);
            Matcher announced = LITERAL.matcher(line);
            if (announced.find()) {
                literal = Integer.parseInt(announced.group(1));
                if (announced.group(2).isEmpty()) {
                    say(context, "+ Go on.");
                }
            } else {
                onCommand(context, command.toString().split(" ", 4));
            }
        }
    }

    private void onCommand(ChannelHandlerContext context, String[] words) {
        String tag = words[0];
        String verb = words.length < 2 ? "" : words[1].toUpperCase(Locale.ROOT);
        waiting = !waiting && (verb.equals("IDLE") || (verb.equals("AUTHENTICATE") && words.length == 3));
        if (waiting) {
            command.append(' ');
            say(context, "+ ");
            return;
        }
        command.setLength(0);
        switch (verb) {
            case "" -> {} // an empty line
            case "LOGIN", "AUTHENTICATE" -> say(context, tag + " OK " + CAPABILITIES + " You are in.");
            case "CAPABILITY" ->
                say(context, "* " + CAPABILITIES.replaceAll("[\\[\\]]", "") + "\r\n" + tag + " OK Done.");
            case "FETCH" -> {
                context.write(line("* 1 FETCH (BODY[] {" + MESSAGE_BYTES + "}"));
                context.write(MESSAGE.duplicate());
                say(context, ")\r\n" + tag + " OK Done.");
            }
            case "LOGOUT" ->
                context.writeAndFlush(line("* BYE Farewell.\r\n" + tag + " OK Done."))
                        .addListener(ChannelFutureListener.CLOSE);
            default -> say(context, tag + " OK Done.");
        }
    }

    private static void say(ChannelHandlerContext context, String line) {
        context.writeAndFlush(line(line));
    }

    private static ByteBuf line(String line) {
        return Unpooled.copiedBuffer(line + "\r\n", StandardCharsets.US_ASCII);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
