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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.config.ListenerSettings;
import postern.config.TlsRules;
import postern.config.TlsRules.ClientCertificates;
import postern.config.TlsSettings;
import postern.config.UpstreamTrust;

class TlsContextsTest {

    private static final List<String> NO_CHOICE = List.of();

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

        assertThatThrownBy(() -> forClients(new TlsSettings(missing, good.keyFile(), List.of())))
                .isInstanceOf(IOException.class)
                .hasMessage("tls: " + missing + ": cannot be read (expected: a file that this account may read)");
        assertThatThrownBy(() -> forClients(new TlsSettings(good.certificateFile(), missing, List.of())))
                .hasMessage("tls: " + missing + ": cannot be read (expected: a file that this account may read)");
    }

    @Test
    void filesThatAreSomethingElseAreNamed() throws IOException {
        Path junk = Files.writeString(folder.resolve("junk.pem"), "not a certificate");

        assertThatThrownBy(() -> forClients(new TlsSettings(junk, good.keyFile(), List.of())))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("tls: " + junk + " and ");
        assertThatThrownBy(() -> forClients(new TlsSettings(good.certificateFile(), junk, List.of())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(" and " + junk);
    }

    @Test
    void aKeyOfAnotherCertificateIsToldAtStart() {
        TlsSettings other = SampleTls.files(SampleTls.ofAnotherAuthority());

        assertThatThrownBy(() -> forClients(new TlsSettings(good.certificateFile(), other.keyFile(), List.of())))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("the key is another certificate's");
    }

    @Test
    void aCaFileThatIsNoneIsNamed() throws IOException {
        Path junk = Files.writeString(folder.resolve("ca.pem"), "not a certificate");
        Path missing = folder.resolve("missing.pem");

        assertThatThrownBy(() -> TlsContexts.forUpstream(trusting(Optional.of(junk), true)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("ca-file: " + junk + ": ");
        assertThatThrownBy(() -> TlsContexts.forUpstream(trusting(Optional.of(missing), true)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("ca-file: " + missing + ": ");
    }

    @Test
    void anUpstreamsNameIsCheckedUnlessSomebodySwitchesItOff() throws IOException {
        assertThat(nameCheck(TlsContexts.forUpstream(trusting(Optional.empty(), true))))
                .isEqualTo("HTTPS");
        assertThat(nameCheck(TlsContexts.forUpstream(trusting(Optional.empty(), false))))
                .isNullOrEmpty();
    }

    private static @Nullable String nameCheck(SslContext context) {
        return context.newEngine(UnpooledByteBufAllocator.DEFAULT, "mail.example", 993)
                .getSSLParameters()
                .getEndpointIdentificationAlgorithm();
    }

    private static UpstreamTrust trusting(Optional<Path> caFile, boolean checksName) {
        return new UpstreamTrust(caFile, List.of(), checksName, Optional.empty(), List.of());
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.2, true", "TLSv1.1, false", "TLSv1, false"})
    void oldTlsIsRefused(String version, boolean accepted) throws Exception {
        assertThat(shakesHands(client(version, NO_CHOICE), forClients(good))).isEqualTo(accepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"})
    void aDoorForOldDevicesTakesOldTls(String version) throws Exception {
        assertThat(shakesHands(client(version, NO_CHOICE), legacy(SampleTls.files(SampleTls.withRsa("localhost")))))
                .isTrue();
    }

    /** Windows 7 as it was sold, Outlook 2010 on it, and what came before forward secrecy. */
    @ParameterizedTest
    @CsvSource({
        "TLSv1, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        "TLSv1, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    })
    void aDoorForOldDevicesTakesTheirCiphers(String version, String cipher) throws Exception {
        assertThat(shakesHands(client(version, List.of(cipher)), legacy(good))).isTrue();
    }

    @Test
    void aClientWithoutForwardSecrecyIsLetInByRsaWhereOldDevicesAre() throws Exception {
        TlsSettings rsa = SampleTls.files(SampleTls.withRsa("localhost"));
        SslContext plain = client("TLSv1.2", List.of("TLS_RSA_WITH_AES_128_CBC_SHA"));

        assertThat(shakesHands(plain, legacy(rsa))).isTrue();
        assertThat(shakesHands(plain, forClients(rsa))).isFalse();
    }

    @Test
    void theUpstreamClientTakesNoOldTls() throws Exception {
        SslContext server = SslContextBuilder.forServer(
                        good.certificateFile().toFile(), good.keyFile().toFile())
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1", "TLSv1.1")
                .build();

        assertThat(shakesHands(TlsContexts.forUpstream(trusting(Optional.empty(), true)), server))
                .isFalse();
    }

    @Test
    void ciphersOfADoorAreItsOwn() throws Exception {
        SslContext one = forClients(good, choosing("ECDHE-ECDSA-AES256-GCM-SHA384"));

        assertThat(shakesHands(client("TLSv1.2", List.of("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")), one))
                .isTrue();
        assertThat(shakesHands(client("TLSv1.2", List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")), one))
                .isFalse();
        assertThat(shakesHands(client("TLSv1.3", NO_CHOICE), one)).isTrue();
    }

    @Test
    void aCipherThatNobodyKnowsIsTold() {
        assertThatThrownBy(() -> forClients(good, choosing("DES-CBC3-SHA")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("listeners.first.tls-rules.ciphers: DES-CBC3-SHA: unknown (expected: one of ");
    }

    private static ListenerSettings choosing(String cipher) {
        return SampleListeners.IMPLICIT
                .by(new TlsRules(
                        SampleTls.MODERN.versions(),
                        List.of(),
                        List.of(cipher),
                        ClientCertificates.NONE,
                        Optional.empty()))
                .settings();
    }

    private static SslContext forClients(TlsSettings files) throws IOException {
        return forClients(files, SampleListeners.IMPLICIT.settings());
    }

    private static SslContext forClients(TlsSettings files, ListenerSettings listener) throws IOException {
        return TlsContexts.forClients(ServerCertificate.read(files.all().getFirst()), listener, listener.tlsRules());
    }

    private static SslContext legacy(TlsSettings files) throws IOException {
        return forClients(files, SampleListeners.IMPLICIT.by(SampleTls.LEGACY).settings());
    }

    private static SslContext client(String version, List<String> ciphers) throws IOException {
        SslContextBuilder client = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols(version)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm("");
        return ciphers.isEmpty() ? client.build() : client.ciphers(ciphers).build();
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
