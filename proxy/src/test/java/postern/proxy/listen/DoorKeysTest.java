package postern.proxy.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.proxy.transcript.Wire.bytes;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.config.CertificateSettings;
import postern.config.TlsSettings;
import postern.proxy.session.OwnConnections;

/** Which certificate a client is shown, and how others take their place while the door is open. */
class DoorKeysTest {

    private static final EventLoops LOOPS = EventLoops.open();
    private static final X509Bundle NAMED = SampleTls.issuedTo("imap.example.org");
    private static final X509Bundle WILD = SampleTls.issuedTo("wild.example.net");
    private static final X509Bundle RSA = SampleTls.withRsa("imap.example.org");

    private final Path folder;
    private final Queue<Listener> open = new ConcurrentLinkedQueue<>();

    DoorKeysTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void closeTheDoors() {
        open.forEach(Listener::stopAccepting);
        open.forEach(Listener::cut);
    }

    @AfterAll
    static void stop() {
        LOOPS.close();
    }

    @ParameterizedTest
    @CsvSource({
        "imap.example.org, imap.example.org",
        "IMAP.Example.ORG, imap.example.org",
        "mail.example.com, wild.example.net",
        "a.b.example.com, localhost",
        "example.com, localhost",
        "nobody.example.net, localhost",
        "'', localhost",
    })
    void aClientIsShownWhatBearsTheNameItAsksFor(String asked, String shown) throws Exception {
        Listener door =
                open(keys(settings(SampleTls.LOCALHOST, files("named", NAMED), files("wild", WILD, "*.example.com"))));

        try (SSLSocket client = connect(door, asked)) {
            assertThat(shownTo(client).getSubjectX500Principal().getName()).isEqualTo("CN=" + shown);
        }
    }

    @Test
    void aNameMayBeGivenToACertificateThatDoesNotBearIt() throws Exception {
        CertificateSettings files = files("named", NAMED, "pop.example.net");
        Listener door = open(keys(settings(SampleTls.LOCALHOST, files)));

        try (SSLSocket named = connect(door, "pop.example.net");
                SSLSocket borne = connect(door, "imap.example.org")) {
            assertThat(shownTo(named)).isEqualTo(NAMED.getCertificate());
            assertThat(shownTo(borne)).isEqualTo(SampleTls.LOCALHOST.getCertificate());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_128_GCM_SHA256, EC",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, EC",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, RSA",
    })
    void rsaAndEcdsaStandSideBySideForOneName(String version, String cipher, String kind) throws Exception {
        for (Listener door : List.of(
                open(keys(settings(SampleTls.LOCALHOST, files("new", NAMED), files("old", RSA)))),
                open(keys(settings(NAMED, files("old", RSA)))),
                open(keys(settings(RSA, files("new", NAMED)))))) {
            try (SSLSocket client = socket(door, "imap.example.org")) {
                client.setEnabledProtocols(new String[] {version});
                client.setEnabledCipherSuites(new String[] {cipher});

                assertThat(shownTo(client).getPublicKey().getAlgorithm()).isEqualTo(kind);
            }
        }
    }

    @Test
    void twoOfAKindForOneNameAreToldAtStart() {
        assertThatThrownBy(() -> keys(settings(SampleTls.LOCALHOST, files("one", NAMED), files("two", NAMED))))
                .isInstanceOf(IOException.class)
                .hasMessage("tls.certificates.two: imap.example.org has a certificate with such a key "
                        + "(expected: one of a kind for a name)");
    }

    @Test
    void aChainInTheWrongOrderIsToldAtStart() throws Exception {
        CertificateSettings files = files("chain", NAMED);
        Files.writeString(
                files.certificateFile(),
                NAMED.getCertificatePEM() + "\n"
                        + SampleTls.ofAnotherAuthority().getCertificatePEM());

        assertThatThrownBy(() -> keys(settings(SampleTls.LOCALHOST, files)))
                .hasMessageStartingWith("tls.certificates.chain: ")
                .hasMessageEndingWith("certificate 2 is not the issuer of certificate 1");
    }

    /** Trap 47: a million names that nobody has, and nothing is remembered of any. */
    @Test
    void namesThatClientsMakeUpAreForgotten() throws Exception {
        Certificates certificates = Certificates.read(settings(SampleTls.LOCALHOST, files("named", NAMED)));
        long before = used();
        for (int i = 0; i < 1_000_000; i++) {
            ClientHello hello = new ClientHello(Optional.of("name-" + i + ".example.org"), true, List.of());
            assertThat(certificates.shownTo(hello).label()).isEqualTo("default");
        }

        assertThat(used() - before).isLessThan(8 * 1024 * 1024);
    }

    @Test
    void otherCertificatesTakeTheirPlaceAndNobodyIsCutOff() throws Exception {
        TlsSettings settings = settings(SampleTls.LOCALHOST, files("named", NAMED));
        DoorKeys keys = keys(settings);
        Listener door = open(keys);
        X509Bundle renewed = SampleTls.issuedTo("localhost");
        try (SSLSocket before = connect(door, "")) {
            write(settings.certificateFile(), settings.keyFile(), renewed);

            keys.reload();

            try (SSLSocket after = connect(door, "")) {
                assertThat(shownTo(after)).isEqualTo(renewed.getCertificate());
            }
            before.getOutputStream().write('!');
            assertThat(before.getInputStream().readNBytes("hello\n!".length()))
                    .isEqualTo("hello\n!".getBytes(US_ASCII));
        }
    }

    @Test
    void filesThatAreNoGoodChangeNothingAndSayWhy() throws Exception {
        CertificateSettings named = files("named", NAMED);
        TlsSettings settings = settings(SampleTls.LOCALHOST, named);
        DoorKeys keys = keys(settings);
        Listener door = open(keys);

        write(settings.certificateFile(), settings.keyFile(), SampleTls.issuedTo("localhost"));
        Files.writeString(named.keyFile(), "half a fi");
        assertThatThrownBy(keys::reload)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("tls.certificates.named: ")
                .hasMessageContaining(named.keyFile().toString());

        X509Bundle expired = SampleTls.expired();
        write(named.certificateFile(), named.keyFile(), expired);
        assertThatThrownBy(keys::reload)
                .hasMessage("certificate named: expired "
                        + expired.getCertificate().getNotAfter().toInstant() + " (expected: one that is valid)");

        try (SSLSocket client = connect(door, "")) {
            assertThat(shownTo(client)).isEqualTo(SampleTls.LOCALHOST.getCertificate());
        }
    }

    @Test
    void tellsWhenTheFirstOfAChainExpires() throws Exception {
        CertificateSettings chain = files("chain", NAMED);
        Files.writeString(
                chain.certificateFile(), NAMED.getCertificatePEM() + "\n" + SampleTls.AUTHORITY.getCertificatePEM());

        assertThat(keys(settings(SampleTls.LOCALHOST, chain)).expiries())
                .containsOnlyKeys("default", "chain")
                .containsEntry("default", expiryOf(SampleTls.LOCALHOST))
                .containsEntry(
                        "chain",
                        Stream.of(NAMED, SampleTls.AUTHORITY)
                                .map(DoorKeysTest::expiryOf)
                                .min(Instant::compareTo)
                                .orElseThrow());
    }

    private static Instant expiryOf(X509Bundle bundle) {
        return bundle.getCertificate().getNotAfter().toInstant();
    }

    private static long used() {
        System.gc();
        Runtime memory = Runtime.getRuntime();
        return memory.totalMemory() - memory.freeMemory();
    }

    private static DoorKeys keys(TlsSettings settings) throws IOException {
        return DoorKeys.read(settings, new SampleTls.Unobserved(), InstantSource.system());
    }

    private TlsSettings settings(X509Bundle first, CertificateSettings... more) throws IOException {
        CertificateSettings files = files("first", first);
        return new TlsSettings(files.certificateFile(), files.keyFile(), List.of(more));
    }

    private CertificateSettings files(String name, X509Bundle bundle, String... names) throws IOException {
        Path certificate = folder.resolve(name + "-" + open.size() + ".pem");
        Path key = folder.resolve(name + "-" + open.size() + "-key.pem");
        write(certificate, key, bundle);
        return new CertificateSettings(name, certificate, key, List.of(names));
    }

    private static void write(Path certificate, Path key, X509Bundle bundle) throws IOException {
        Files.writeString(certificate, bundle.getCertificatePathPEM());
        Files.writeString(key, bundle.getPrivateKeyPEM());
    }

    private Listener open(DoorKeys keys) throws IOException {
        Listener opened = Listener.open(
                SampleListeners.IMPLICIT.settings(),
                keys.door(SampleListeners.IMPLICIT.settings()),
                (client, _, _) -> client.addLast(new Porter()),
                new SocketOpening(LOOPS),
                SampleListeners.roomForAll(),
                new OwnConnections(),
                new UnobservedDoors());
        open.add(opened);
        return opened;
    }

    private static SSLSocket connect(Listener door, String name) throws IOException {
        SSLSocket client = socket(door, name);
        client.startHandshake();
        return client;
    }

    private static SSLSocket socket(Listener door, String name) throws IOException {
        Socket plain = new Socket(door.address().getAddress(), door.address().getPort());
        plain.setSoTimeout(10_000);
        SSLSocket client = (SSLSocket) SampleTls.client().getSocketFactory().createSocket(plain, "127.0.0.1", 1, true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
        client.setSSLParameters(parameters);
        return client;
    }

    private static X509Certificate shownTo(SSLSocket client) throws IOException {
        return (X509Certificate) client.getSession().getPeerCertificates()[0];
    }

    /** Says hello, and everything after its client. */
    private static final class Porter extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(bytes("hello\n"));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object said) {
            ctx.writeAndFlush(said);
        }
    }
}
