package postern.proxy.listen;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import postern.config.ListenerSettings;
import postern.config.ListenerTls;
import postern.config.TlsRules;
import postern.config.TlsRules.ClientCertificates;
import postern.config.TlsSettings;
import postern.config.TlsVersion;
import postern.credentials.LoginName;
import postern.proxy.session.LiveSession;

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
        public void loggedInInTheClear(String listener, LoginName name) {}

        @Override
        public void loggedInByOld(String listener, TlsVersion version, LiveSession session) {}
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

    /** Behind a gate for those who show something that our authority has signed. */
    static TlsRules gate(ClientCertificates clients) {
        Path authority = build(() -> AUTHORITY.toTempCertChainPem().toPath());
        return new TlsRules(MODERN.versions(), List.of(), List.of(), clients, Optional.of(authority));
    }

    public static TlsRules rules(TlsVersion... versions) {
        return new TlsRules(
                new TreeSet<>(List.of(versions)), List.of(), List.of(), ClientCertificates.NONE, Optional.empty());
    }

    public static TlsSettings files(X509Bundle bundle) {
        return build(() -> new TlsSettings(
                bundle.toTempCertChainPem().toPath(),
                bundle.toTempPrivateKeyPem().toPath(),
                List.of()));
    }

    /** The same with a certificate of the client's own. */
    static SSLContext client(X509Bundle own) {
        return build(() -> {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    own.toKeyManagerFactory().getKeyManagers(),
                    AUTHORITY.toTrustManagerFactory().getTrustManagers(),
                    null);
            return context;
        });
    }

    /** Shows it whoever the server says it believes. */
    static SSLContext clientThatInsists(X509Bundle own) {
        return build(() -> {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new Insisting(own)},
                    AUTHORITY.toTrustManagerFactory().getTrustManagers(),
                    null);
            return context;
        });
    }

    private static final class Insisting extends X509ExtendedKeyManager {

        private final X509Bundle own;

        Insisting(X509Bundle own) {
            this.own = own;
        }

        @Override
        public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return own.getCertificatePath();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.getKeyPair().getPrivate();
        }

        @Override
        public String[] getClientAliases(String kind, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String[] getServerAliases(String kind, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
            return "";
        }
    }

    public static X509Bundle ofAClient(X509Bundle authority) {
        return build(() -> new CertificateBuilder()
                .subject("CN=Ada's phone")
                .addExtendedKeyUsageClientAuth()
                .buildIssuedBy(authority));
    }

    static X509Bundle anotherAuthority() {
        return build(() -> ca("CN=An authority of somebody else").buildSelfSigned());
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

    /** The same, for clients that show what our authority has signed. */
    public static SSLContext serverWithAGate(X509Bundle bundle) {
        return client(bundle);
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
