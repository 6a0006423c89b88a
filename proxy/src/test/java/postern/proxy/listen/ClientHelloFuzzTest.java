package postern.proxy.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.params.provider.MethodSource;

/** Traps 47, 49: any first words of TLS; nothing is made up, and no more is kept than was said. */
class ClientHelloFuzzTest {

    private static final int RECORD_AND_MESSAGE_HEADER = 5 + 4;

    static Stream<byte[]> hellos() throws Exception {
        return Stream.of(
                hello("imap.example.org", "imap"),
                hello("mail.example.org", "h2", "http/1.1"),
                hello("x"),
                new byte[] {3, 1},
                new byte[40]);
    }

    /** As the JDK says it. */
    private static byte[] hello(String host, String... protocols) throws Exception {
        SSLEngine engine = SampleTls.client().createSSLEngine(host, 993);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        ByteBuffer said = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), said);
        return Arrays.copyOfRange(said.array(), RECORD_AND_MESSAGE_HEADER, said.position());
    }

    @MethodSource("hellos")
    @FuzzTest
    void believesNothingThatWasNotSaid(byte[] input) {
        ByteBuf message = Unpooled.copiedBuffer(input);
        String text = new String(input, ISO_8859_1);

        ClientHello read = ClientHello.read(message);

        assertThat(message.readableBytes()).isEqualTo(input.length);
        assertThat(ClientHello.read(message)).isEqualTo(read);
        read.serverName().ifPresent(name -> {
            assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT));
            assertThat(text.toLowerCase(Locale.ROOT)).contains(name);
        });
        assertThat(read.protocols()).allMatch(text::contains).hasSizeLessThanOrEqualTo(input.length);
        for (int cut = 0; cut < input.length; cut += 1 + input.length / 50) {
            assertThat(ClientHello.read(Unpooled.wrappedBuffer(input, 0, cut))).isNotNull();
        }
    }
}
