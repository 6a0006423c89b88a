package postern.proxy.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.config.ProxyProtocolSettings;

/** Trap 32: any header of a load balancer's; somebody arrives once or is refused once, wherever packets come apart. */
class ProxyHeaderFuzzTest {

    private static final ProxyProtocolSettings SETTINGS =
            new ProxyProtocolSettings(List.of(), Duration.ofHours(1), 1024);

    private static final String V2 = "0d0a0d0a000d0a515549540a";

    private record Told(List<String> arrivals, int refusals, String behind, boolean open) {}

    static Stream<byte[]> headers() {
        return Stream.concat(
                Stream.of(
                                "PROXY TCP4 192.0.2.7 198.51.100.1 50000 993\r\na1 NOOP\r\n",
                                "PROXY TCP6 2001:db8::9 ::1 50000 143\r\n",
                                "PROXY UNKNOWN\r\nhello\r\n",
                                "PROXY TCP4 192.0.2.777 198.51.100.1 50000 993\r\n",
                                "POST / HTTP/1.1\r\n")
                        .map(text -> text.getBytes(ISO_8859_1)),
                Stream.of(
                                V2 + "2111000cc0000207c6336401c35003e1" + "6131204e4f4f500d0a",
                                V2 + "20000000",
                                V2 + "2111000fc0000207c6336401c35003e1030000",
                                V2 + "3111000cc0000207c6336401c35003e1",
                                V2 + "2111ffffc0000207")
                        .map(HexFormat.of()::parseHex));
    }

    @MethodSource("headers")
    @FuzzTest
    void letsInOnceOrRefusesOnce(byte[] input) {
        Told whole = play(List.of(input));

        assertThat(whole.arrivals().size() + whole.refusals()).isLessThan(2);
        assertThat(whole.open()).isEqualTo(whole.refusals() == 0);
        assertThat(new String(input, ISO_8859_1)).endsWith(whole.behind());
        if (whole.arrivals().isEmpty()) {
            assertThat(whole.behind()).isEmpty();
        }
        assertThat(play(IntStream.range(0, input.length)
                        .mapToObj(at -> new byte[] {input[at]})
                        .toList()))
                .isEqualTo(whole);
    }

    private static Told play(List<byte[]> packets) {
        List<String> arrivals = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        EmbeddedChannel client = new EmbeddedChannel();
        ProxyHeader.expect(
                Passage.of(client.pipeline()), SETTINGS, from -> arrivals.add(from.getHostAddress()), refusals::add);
        for (byte[] packet : packets) {
            if (client.isOpen()) {
                client.writeInbound(Unpooled.copiedBuffer(packet));
            }
        }
        boolean open = client.isOpen();
        StringBuilder behind = new StringBuilder();
        for (ByteBuf bytes = client.readInbound(); bytes != null; bytes = client.readInbound()) {
            behind.append(bytes.toString(ISO_8859_1));
            bytes.release();
        }
        client.finishAndReleaseAll();
        return new Told(arrivals, refusals.size(), behind.toString(), open);
    }
}
