package postern.proxy.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.config.ListenerTls;
import postern.proxy.session.Handlers;

/** The first message of TLS: read as far as it matters, cut at every byte, and nothing said before it. */
class HelloHandlerTest {

    private static final int RECORD_AND_HANDSHAKE_HEADERS = 9;

    @ParameterizedTest
    @CsvSource({"TLSv1.3, TLS_AES_128_GCM_SHA256, true", "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, false"})
    void readsWhatAClientAsksFor(String version, String suite, boolean ecdsa) throws Exception {
        ByteBuf record = firstRecord(version, suite);

        ClientHello hello = ClientHello.read(record.skipBytes(RECORD_AND_HANDSHAKE_HEADERS));

        assertThat(hello.serverName()).isEqualTo(Optional.of("mail.example.org"));
        assertThat(hello.takesEcdsa()).isEqualTo(ecdsa);
        assertThat(hello.protocols()).containsExactly("imap", "http/1.1");
    }

    @Test
    void ofAMessageThatIsCutShortNothingIsBelieved() throws Exception {
        byte[] message = ByteBufUtil.getBytes(firstRecord("TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
                .skipBytes(RECORD_AND_HANDSHAKE_HEADERS));
        for (int length = 0; length < message.length; length++) {
            ClientHello hello = ClientHello.read(Unpooled.wrappedBuffer(message, 0, length));

            assertThat(hello.protocols()).as("of " + length).isEmpty();
        }
        for (int at = 0; at < message.length; at++) { // a length that lies, at every place where one may be
            byte[] lying = message.clone();
            lying[at] = (byte) 0xff;
            assertThat(ClientHello.read(Unpooled.wrappedBuffer(lying))).isNotNull();
        }
    }

    /** In one packet, in two, and a byte at a time. */
    @Test
    void makesRoomForTlsOnceTheMessageIsWhole() throws Exception {
        ByteBuf record = firstRecord("TLSv1.3", "TLS_AES_128_GCM_SHA256");
        EmbeddedChannel client = newcomer();
        while (record.isReadable()) {
            assertThat(client.pipeline().get(Handlers.TLS)).isInstanceOf(HelloHandler.class);
            client.writeInbound(record.readRetainedSlice(1));
        }

        assertThat(client.pipeline().get(Handlers.TLS)).isInstanceOf(SslHandler.class);
        ByteBuf answer = client.readOutbound();
        assertThat(answer.getUnsignedByte(0)).as("a handshake record").isEqualTo((short) 22);
        answer.release();
        client.finishAndReleaseAll();
    }

    @Test
    void nothingIsSaidInTheClear() {
        EmbeddedChannel client = newcomer();

        client.writeOneOutbound(Unpooled.copiedBuffer("* BYE You took too long.\r\n", US_ASCII));
        client.flushOutbound();

        assertThat(client.<ByteBuf>readOutbound()).isNull();
        client.finishAndReleaseAll();
    }

    private static EmbeddedChannel newcomer() {
        EmbeddedChannel client = new EmbeddedChannel();
        SampleTls.door(ListenerTls.STARTTLS).turnOn(client.pipeline());
        return client;
    }

    private static ByteBuf firstRecord(String version, String suite) throws Exception {
        EmbeddedChannel client = new EmbeddedChannel(SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(version)
                .ciphers(List.of(suite))
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        "imap",
                        "http/1.1"))
                .build()
                .newHandler(UnpooledByteBufAllocator.DEFAULT, "mail.example.org", 993));
        ByteBuf record = Unpooled.copiedBuffer(client.<ByteBuf>readOutbound());
        client.finishAndReleaseAll();
        return record;
    }
}
