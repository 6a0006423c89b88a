package postern.proxy.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import postern.credentials.NameRules;

/** What each command means, the transcripts tell. */
class Pop3CommandTest {

    private static final List<String> BEGINNINGS =
            List.of("", "USER ", "PASS ", "AUTH ", "AUTH PLAIN ", "AUTH LOGIN ", "QUIT ", "CAPA");

    /** Traps 25 and 26 */
    @Test
    void noiseIsNeverAnException() {
        Random noise = new Random(2026);
        for (int i = 0; i < 50_000; i++) {
            byte[] some = new byte[noise.nextInt(30)];
            noise.nextBytes(some);
            String beginning = BEGINNINGS.get(noise.nextInt(BEGINNINGS.size()));
            ByteBuf frame = Unpooled.wrappedBuffer(
                    beginning.getBytes(StandardCharsets.US_ASCII), some, new byte[] {'\r', '\n'});

            assertThat(Pop3Command.read(frame.copy(), NameRules.NONE)).isNotNull();
        }
    }

    @Test
    void noCommandTellsAPassword() {
        assertThat(Pop3Command.read(frame("PASS bcdf-ghjk-mnpq-rstv-wxyz"), NameRules.NONE)
                        .toString())
                .doesNotContain("bcdf");
    }

    private static ByteBuf frame(String line) {
        return Unpooled.copiedBuffer(line + "\r\n", StandardCharsets.US_ASCII);
    }
}
