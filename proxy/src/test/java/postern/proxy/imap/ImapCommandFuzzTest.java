package postern.proxy.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static postern.proxy.conversation.SampleBounds.BOUNDS;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.credentials.NameRules;
import postern.proxy.imap.ImapCommand.Bad;
import postern.proxy.imap.ImapCommand.Login;

/** Traps 24, 25: any command; and the same words mean the same in quotes and in a literal. */
class ImapCommandFuzzTest {

    private static final Pattern LITERAL = Pattern.compile("(?s).*\\{([0-9]+)(\\+?)}\r\n");
    private static final BigInteger MOST = BigInteger.valueOf(999_999_999);

    static Stream<byte[]> commands() {
        return Stream.of(
                        "a LOGIN ada@example.org bcdf-ghjk\r\n",
                        "a LOGIN \"ada@example.org\" \"b\\\"c\\\\d\"\r\n",
                        "a LOGIN {15}\r\nada@example.org {4+}\r\nbcdf\r\n",
                        "a AUTHENTICATE PLAIN AGFkYQBi\r\n",
                        "ada@example.org\nb\"c\\d",
                        "{00000000000000000007}\r\n",
                        "x{99999999999999999999+}\r\n",
                        "{}\r\n{1\r\n{1}\n{-1}\r\n")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("commands")
    @FuzzTest
    void readsOrSaysWhyNot(byte[] input) {
        ImapCommand read = read(input);
        if (read instanceof Bad bad) {
            assertThat(bad.tag() + bad.why()).matches("[ -~]+").hasSizeLessThan(input.length + 100);
        }
        announcesWhatTheGrammarSays(input);
        meansTheSameInQuotesAndInALiteral(input);
    }

    private static void announcesWhatTheGrammarSays(byte[] input) {
        byte[] line = Arrays.copyOf(input, input.length + 2);
        line[input.length] = '\r';
        line[input.length + 1] = '\n';
        Matcher expected = LITERAL.matcher(new String(line, ISO_8859_1));

        Optional<LiteralSize> seen = LiteralSize.of(Unpooled.wrappedBuffer(line), 0, line.length - 1);

        assertThat(seen.isPresent()).isEqualTo(expected.matches());
        if (seen.isPresent()) {
            BigInteger size = new BigInteger(expected.group(1));
            assertThat(seen.get().bytes()).isEqualTo(size.compareTo(MOST) > 0 ? Integer.MAX_VALUE : size.intValue());
            assertThat(seen.get().waits()).isEqualTo(expected.group(2).isEmpty());
        }
    }

    private static void meansTheSameInQuotesAndInALiteral(byte[] input) {
        String[] words = new String(input, ISO_8859_1).split("\n", 2);
        if (words.length < 2 || (words[0] + words[1]).matches("(?s).*[\r\n\0].*") || input.length > 4000) {
            return;
        }
        String quoted = "a LOGIN %s %s\r\n".formatted(quoted(words[0]), quoted(words[1]));
        String literal = "a LOGIN %s %s\r\n".formatted(literal(words[0]), literal(words[1]));

        assertThat(meaning(quoted)).isEqualTo(meaning(literal));
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String literal(String word) {
        return "{" + word.length() + "+}\r\n" + word;
    }

    private static String meaning(String command) {
        return switch (read(command.getBytes(ISO_8859_1))) {
            case Login login ->
                login.name().value() + " " + new String(login.secret().asTyped(), ISO_8859_1);
            case Bad _ -> "bad";
            case ImapCommand other -> throw new AssertionError(other.toString());
        };
    }

    private static ImapCommand read(byte[] command) {
        ByteBuf frame = Unpooled.copiedBuffer(command);
        return ImapCommand.read(frame, NameRules.NONE, BOUNDS);
    }
}
