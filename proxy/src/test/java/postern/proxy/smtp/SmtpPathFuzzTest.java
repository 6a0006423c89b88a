package postern.proxy.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Trap 15: any argument of MAIL and RCPT; the address in it, put between brackets, is the same address. */
class SmtpPathFuzzTest {

    static Stream<byte[]> arguments() {
        return Stream.of(
                        "FROM:<ada@example.org> SIZE=5",
                        "from: <>",
                        "FROM:ada@example.org BODY=8BITMIME",
                        "FROM:<\"a > b\"@c>",
                        "FROM:<\"a\\\"b\"@c>",
                        "FROM:<@relay,@other:a@b>",
                        "FROM:<a@b><c@d>",
                        "FROM:<zoë@example.org> SMTPUTF8",
                        "FROM:")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("arguments")
    @FuzzTest
    void readsOneAddressOrNone(byte[] input) {
        String argument = new String(input, UTF_8);

        SmtpPath.in(argument, "FROM:").ifPresent(address -> {
            assertThat(argument).contains(address);
            assertThat(SmtpPath.in("FROM:<" + address + ">", "FROM:")).contains(address);
            assertThat(SmtpPath.in("FROM:<" + address + "> SIZE=1", "FROM:")).contains(address);
        });
        assertThat(SmtpPath.in(argument, "TO:"))
                .isEqualTo(SmtpPath.in(argument.replaceFirst("(?i)^TO:", "TO:"), "TO:"));
    }
}
