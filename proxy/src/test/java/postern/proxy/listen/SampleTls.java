package postern.proxy.listen;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import postern.config.ListenerSettings;
import postern.config.ListenerTls;
import postern.config.TlsRules;
import postern.config.TlsSettings;
import postern.config.TlsVersion;
import postern.credentials.LoginName;

/** An authority of our own, and what it signed for this machine. */
public final class SampleTls {

    public static final X509Bundle AUTHORITY =
            build(() -> ca("CN=An authority of our own").buildSelfSigned());
    public static final X509Bundle LOCALHOST = issuedTo("localhost");

    public static final TlsRules MODERN = rules(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
    public static final TlsRules LEGACY = rules(TlsVersion.values());

    /** Keeps no account. */
    public static final class Unobserved implements TlsObserver {

        @Override
        public void encrypted(String listener, TlsVersion version) {}

        @Override
        public void failed(String listener) {}

        @Override
        public void loggedInByOld(String listener, TlsVersion version, LoginName name) {}
    }

    private interface Making<T> {
        T make() throws Exception;
    }

    private SampleTls() {}

    public static X509Bundle issuedTo(String host) {
        return build(() -> host(host).buildIssuedBy(AUTHORITY));
    }

    /** With the older kind of key. */
    public static X509Bundle withRsa(String host) {
        return build(() -> host(host).rsa2048().buildIssuedBy(AUTHORITY));
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
        return door(SampleListeners.STARTTLS.with(mode).settings(), new Unobserved());
    }

    public static DoorTls door(ListenerSettings listener, TlsObserver observer) {
        return build(() -> new DoorTls(listener, Certificates.read(files(LOCALHOST)), observer));
    }

    public static TlsRules rules(TlsVersion... versions) {
        return new TlsRules(new TreeSet<>(List.of(versions)), List.of());
    }

    public static TlsSettings files(X509Bundle bundle) {
        return build(() -> new TlsSettings(
                bundle.toTempCertChainPem().toPath(),
                bundle.toTempPrivateKeyPem().toPath(),
                List.of()));
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
