package postern.proxy.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.config.DoorProtocol;
import postern.proxy.transcript.Dialect;
import postern.proxy.transcript.DoorInvariants;

/** Trap 49: whatever a client says first; it is heard to the letter, or refused before a line of it is. */
class FirstWordsFuzzTest {

    private record Told(boolean refused, String passed) {}

    static Stream<byte[]> words() throws IOException {
        Stream<byte[]> transcripts = Stream.empty();
        for (Dialect dialect : Dialect.values()) {
            transcripts = Stream.concat(transcripts, DoorInvariants.seeds(dialect));
        }
        return Stream.concat(
                transcripts.map(seed -> Arrays.copyOfRange(seed, 1, seed.length)),
                Stream.of(
                                "POST / HTTP/1.1\r\n\r\n",
                                "\u0016\u0003\u0001\0",
                                "SSH-2.0-x\r\n",
                                "\r\n\r\n PRI * HTTP/2.0\r\n")
                        .map(text -> text.getBytes(ISO_8859_1)));
    }

    @MethodSource("words")
    @FuzzTest
    void areHeardToTheLetterOrNotAtAll(byte[] input) {
        String said = new String(input, ISO_8859_1);
        for (DoorProtocol spoken : DoorProtocol.values()) {
            Told whole = play(spoken, input, Math.max(1, input.length));
            Told pieces = play(spoken, input, 1);

            assertThat(pieces.refused()).isEqualTo(whole.refused());
            for (Told told : new Told[] {whole, pieces}) {
                if (told.refused()) {
                    assertThat(said).startsWith(told.passed());
                    assertThat(told.passed().stripLeading()).doesNotContain("\n");
                } else {
                    assertThat(told.passed()).isEqualTo(said);
                }
            }
        }
    }

    private static Told play(DoorProtocol spoken, byte[] input, int packet) {
        AtomicInteger refusals = new AtomicInteger();
        EmbeddedChannel client = new EmbeddedChannel(new FirstWords(spoken, refusals::incrementAndGet));
        for (int at = 0; at < input.length; at += packet) {
            try {
                client.writeInbound(Unpooled.copiedBuffer(input, at, Math.min(packet, input.length - at)));
            } catch (DecoderException _) {
                assertThat(refusals).hasValue(1);
            }
        }
        StringBuilder passed = new StringBuilder();
        for (ByteBuf bytes = client.readInbound(); bytes != null; bytes = client.readInbound()) {
            passed.append(bytes.toString(ISO_8859_1));
            bytes.release();
        }
        client.finishAndReleaseAll();
        return new Told(refusals.get() > 0, passed.toString());
    }
}
