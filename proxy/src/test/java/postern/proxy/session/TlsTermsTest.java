package postern.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.junit.jupiter.api.Test;
import postern.config.ListenerTls;
import postern.proxy.listen.SampleTls;

class TlsTermsTest {

    @Test
    void nothingWasAgreedInTheClear() {
        assertThat(TlsTerms.of(new EmbeddedChannel())).isEmpty();
    }

    @Test
    void knowsVersionAndCipher() throws Exception {
        SslContext trusting = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .protocols("TLSv1.2")
                .build();
        EmbeddedChannel server = new EmbeddedChannel();
        SampleTls.door(ListenerTls.IMPLICIT).turnOn(server.pipeline());
        EmbeddedChannel client = new EmbeddedChannel(trusting.newHandler(server.alloc()));
        for (int flight = 0; flight < 10; flight++) {
            carry(client, server);
            carry(server, client);
        }

        assertThat(TlsTerms.of(server)).hasValueSatisfying(agreed -> {
            assertThat(agreed.version()).isEqualTo("TLSv1.2");
            assertThat(agreed.cipher()).startsWith("TLS_ECDHE_");
        });
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
    }

    private static void carry(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
        }
    }
}
