package postern.proxy.listen;

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
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.config.TlsRules;
import postern.config.TlsRules.ClientCertificates;
import postern.proxy.session.OwnConnections;

/** A gate in front of the login: whose certificate it is does not matter, who signed it does. */
class ClientCertificateTest {

    private static final EventLoops LOOPS = EventLoops.open();
    private static final X509Bundle OURS = SampleTls.ofAClient(SampleTls.AUTHORITY);
    private static final X509Bundle THEIRS = SampleTls.ofAClient(SampleTls.anotherAuthority());

    @AfterAll
    static void stop() {
        LOOPS.close();
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, none, true",
        "REQUEST, none, true",
        "REQUEST, ours, true",
        "REQUIRE, none, false",
        "REQUIRE, ours, true",
    })
    void whoMayPassTheGate(ClientCertificates asked, String shown, boolean welcome) throws Exception {
        SSLContext client = shown.equals("none") ? SampleTls.client() : SampleTls.client(OURS);
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            assertThat(isGreeted(asked, client, version)).as(version).isEqualTo(welcome);
        }
    }

    /** JDK's client shows nothing that the server does not ask for, so it is made to. */
    @ParameterizedTest
    @CsvSource({"REQUEST", "REQUIRE"})
    void whatSomebodyElseHasSignedIsNeverGoodEnough(ClientCertificates asked) throws Exception {
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            assertThat(isGreeted(asked, SampleTls.clientThatInsists(THEIRS), version))
                    .as(version)
                    .isFalse();
        }
    }

    @Test
    void aFileOfAuthoritiesThatIsNoneIsToldAtStart(@TempDir Path folder) throws Exception {
        Path junk = Files.writeString(folder.resolve("ca.pem"), "junk");
        TlsRules rules = new TlsRules(
                SampleTls.MODERN.versions(), List.of(), List.of(), ClientCertificates.REQUIRE, Optional.of(junk));

        assertThatThrownBy(() -> new DoorTls(
                        SampleListeners.IMPLICIT.by(rules).settings(),
                        Certificates.read(SampleTls.files(SampleTls.LOCALHOST)),
                        new SampleTls.Unobserved()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("listeners.first.tls-rules.client-ca-file: " + junk + ": ");
    }

    private static boolean isGreeted(ClientCertificates asked, SSLContext context, String version) throws IOException {
        SampleListeners settings = SampleListeners.IMPLICIT.by(
                asked == ClientCertificates.NONE ? SampleTls.MODERN : SampleTls.gate(asked));
        Listener door = Listener.open(
                settings.settings(),
                SampleTls.door(settings.settings(), new SampleTls.Unobserved()),
                (client, _, _) -> client.addLast(new Porter()),
                new SocketOpening(LOOPS),
                SampleListeners.roomForAll(),
                new OwnConnections(),
                new UnobservedDoors());
        try (Socket plain =
                        new Socket(door.address().getAddress(), door.address().getPort());
                SSLSocket client = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 993, true)) {
            plain.setSoTimeout(10_000);
            client.setEnabledProtocols(new String[] {version});
            return client.getInputStream().read() == 'h';
        } catch (IOException _) {
            return false;
        } finally {
            door.stopAccepting();
            door.cut();
        }
    }

    private static final class Porter extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(bytes("hello\n"));
        }
    }
}
