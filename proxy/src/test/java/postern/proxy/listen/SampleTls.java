package postern.proxy.listen;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import postern.config.ListenerTls;
import postern.config.TlsSettings;

/** An authority of our own, and what it signed for this machine. */
public final class SampleTls {

    public static final X509Bundle AUTHORITY =
            build(() -> ca("CN=An authority of our own").buildSelfSigned());
    public static final X509Bundle LOCALHOST = issuedTo("localhost");

    private interface Making<T> {
        T make() throws Exception;
    }

    private SampleTls() {}

    public static X509Bundle issuedTo(String host) {
        return build(() -> host(host).buildIssuedBy(AUTHORITY));
    }

    /** For this machine, and from somebody nobody trusts. */
    public static X509Bundle ofAnotherAuthority() {
        return build(() -> host("localhost")
                .buildIssuedBy(ca("CN=An authority of somebody else").buildSelfSigned()));
    }

    public static X509Bundle expired() {
        Instant now = Instant.now();
        return build(() -> host("localhost")
                .notBefore(now.minus(Duration.ofDays(30)))
                .notAfter(now.minus(Duration.ofDays(1)))
                .buildIssuedBy(AUTHORITY));
    }

    public static DoorTls door(ListenerTls mode) {
        return build(() -> new DoorTls(mode, TlsContexts.forClients(files(LOCALHOST))));
    }

    public static TlsSettings files(X509Bundle bundle) {
        return build(() -> new TlsSettings(
                bundle.toTempCertChainPem().toPath(),
                bundle.toTempPrivateKeyPem().toPath()));
    }

    /** The JDK's own TLS for a client that trusts our authority. */
    public static SSLContext client() {
        return build(() -> {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, AUTHORITY.toTrustManagerFactory().getTrustManagers(), null);
            return context;
        });
    }

    /** The JDK's own TLS for a server that shows this certificate. */
    public static SSLContext server(X509Bundle bundle) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
        return context;
    }

    private static CertificateBuilder ca(String subject) {
        return new CertificateBuilder().subject(subject).setIsCertificateAuthority(true);
    }

    private static CertificateBuilder host(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .addSanDnsName(name)
                .addExtendedKeyUsageServerAuth();
    }

    private static <T> T build(Making<T> making) {
        try {
            return making.make();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
