package postern.proxy.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.config.TlsSettings;

class TlsContextsTest {

    private final Path folder;
    private final TlsSettings good = SampleTls.files(SampleTls.LOCALHOST);

    TlsContextsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void theFastProviderIsThere() {
        assertThat(OpenSsl.isAvailable())
                .as(() -> String.valueOf(OpenSsl.unavailabilityCause()))
                .isTrue();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing.pem");

        assertThatThrownBy(() -> TlsContexts.forClients(new TlsSettings(missing, good.keyFile())))
                .isInstanceOf(IOException.class)
                .hasMessage("tls: " + missing + ": cannot be read (expected: a file that this account may read)");
        assertThatThrownBy(() -> TlsContexts.forClients(new TlsSettings(good.certificateFile(), missing)))
                .hasMessage("tls: " + missing + ": cannot be read (expected: a file that this account may read)");
    }

    @Test
    void filesThatAreSomethingElseAreNamed() throws IOException {
        Path junk = Files.writeString(folder.resolve("junk.pem"), "not a certificate");

        assertThatThrownBy(() -> TlsContexts.forClients(new TlsSettings(junk, good.keyFile())))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("tls: " + junk + " and ");
        assertThatThrownBy(() -> TlsContexts.forClients(new TlsSettings(good.certificateFile(), junk)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(" and " + junk);
    }

    @Test
    void aKeyOfAnotherCertificateIsToldAtStart() {
        TlsSettings other = SampleTls.files(SampleTls.ofAnotherAuthority());

        assertThatThrownBy(() -> TlsContexts.forClients(new TlsSettings(good.certificateFile(), other.keyFile())))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("the key is another certificate's");
    }

    @Test
    void aCaFileThatIsNoneIsNamed() throws IOException {
        Path junk = Files.writeString(folder.resolve("ca.pem"), "not a certificate");
        Path missing = folder.resolve("missing.pem");

        assertThatThrownBy(() -> TlsContexts.forUpstream(Optional.of(junk)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("ca-file: " + junk + ": ");
        assertThatThrownBy(() -> TlsContexts.forUpstream(Optional.of(missing)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("ca-file: " + missing + ": ");
    }

    @Test
    void anUpstreamsNameIsAlwaysChecked() throws IOException {
        SslContext context = TlsContexts.forUpstream(Optional.empty());

        assertThat(context.newEngine(UnpooledByteBufAllocator.DEFAULT, "mail.example", 993)
                        .getSSLParameters()
                        .getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.2, true", "TLSv1.1, false", "TLSv1, false"})
    void oldTlsIsRefused(String version, boolean accepted) throws Exception {
        SslContext client = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols(version)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build();

        assertThat(shakesHands(client, TlsContexts.forClients(good))).isEqualTo(accepted);
    }

    private static boolean shakesHands(SslContext here, SslContext there) {
        SslHandler client = here.newHandler(UnpooledByteBufAllocator.DEFAULT);
        EmbeddedChannel one = new EmbeddedChannel(client);
        EmbeddedChannel other = new EmbeddedChannel(there.newHandler(UnpooledByteBufAllocator.DEFAULT));
        try {
            while (pass(one, other) || pass(other, one)) {}
        } catch (DecoderException _) {
            return false;
        }
        return client.handshakeFuture().isSuccess();
    }

    private static boolean pass(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        ByteBuf bytes = from.readOutbound();
        if (bytes != null && to.isOpen()) {
            to.writeInbound(bytes);
        }
        return bytes != null;
    }
}
