package postern.proxy.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.proxy.smtp.SmtpBody.Fate;

/** Trap 31: any message, against what a pattern says of it; where its packets come apart does not matter. */
class SmtpBodyFuzzTest {

    /** A dot alone between line ends of any kind, the one before it taken for CR LF at the beginning. */
    private static final Pattern LONE_DOT = Pattern.compile("(?s)(?:^|(?<=[\r\n]))\\.(?=[\r\n])");

    private record Told(Fate fate, String passed) {}

    static Stream<byte[]> messages() {
        return Stream.of(
                        ".\r\n",
                        "Hello.\r\n.\r\nMAIL FROM:<a@b>\r\n",
                        "Hello.\n.\nMAIL",
                        "Hello.\r.\rMAIL",
                        "Hello.\n.\r\nMAIL",
                        "Hello.\r\n.\nMAIL",
                        "Hello.\r\n.\rMAIL",
                        "Hello.\r\n..\r\n.x\r\n\n.\r\n",
                        "\r\r\n.\r\n",
                        "\n\r\n.\r")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("messages")
    @FuzzTest
    void endsWhereTheStandardSaysAndNowhereElse(byte[] input) {
        Told whole = follow(input, input.length);

        assertThat(follow(input, 1)).isEqualTo(whole);
        assertThat(follow(input, 3)).isEqualTo(whole);
        assertThat(whole).isEqualTo(expected(new String(input, ISO_8859_1)));
    }

    private static Told expected(String message) {
        Matcher dot = LONE_DOT.matcher(message);
        if (!dot.find()) {
            return new Told(Fate.GOES_ON, message);
        }
        String before = message.substring(0, dot.start());
        String behind = message.substring(dot.end());
        boolean begins = before.isEmpty() || before.endsWith("\r\n");
        if (begins && behind.equals("\r")) {
            return new Told(Fate.GOES_ON, before + "."); // whether that is the end, the next byte says
        }
        return begins && behind.startsWith("\r\n")
                ? new Told(Fate.ENDED, before + ".\r\n")
                : new Told(Fate.AMBIGUOUS, before + ".");
    }

    private static Told follow(byte[] message, int packet) {
        SmtpBody body = new SmtpBody();
        ByteBuf waiting = Unpooled.buffer();
        StringBuilder passed = new StringBuilder();
        for (int at = 0; at < message.length && body.fate() == Fate.GOES_ON; at += packet) {
            waiting.writeBytes(message, at, Math.min(packet, message.length - at));
            passed.append(waiting.readCharSequence(body.follow(waiting), ISO_8859_1));
        }
        return new Told(body.fate(), passed.toString());
    }
}
