package postern.proxy.listen;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import postern.config.DoorProtocol;
import postern.config.ListenerSettings;
import postern.config.TlsRules;
import postern.config.TlsRules.ClientCertificates;
import postern.config.TlsVersion;
import postern.config.UpstreamTrust;

/** From files to what encrypts. BoringSSL where it loads: a login costs a quarter of the JDK's own TLS. */
public final class TlsContexts {

    private static final String[] MODERN = {"TLSv1.3", "TLSv1.2"};

    /** Those of 1.3 go without saying. The last ones are for Windows 7 and 8 with an RSA certificate, by TLS 1.2. */
    private static final List<String> WITH_FORWARD_SECRECY = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");

    /** All that BoringSSL still knows of the rest; a client of Windows XP, with 3DES and RC4, stays outside. */
    private static final List<String> WITHOUT = List.of(
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_CBC_SHA");

    private static final List<String> OF_TLS_1_3 =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private static final SslProvider PROVIDER = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;

    private TlsContexts() {}

    /** Throws what the operator must mend, naming the listener. */
    static SslContext forClients(ServerCertificate certificate, ListenerSettings listener, TlsRules rules)
            throws IOException {
        SslContextBuilder builder = SslContextBuilder.forServer(certificate.key(), certificate.chain())
                .sslProvider(PROVIDER)
                .protocols(rules.versions().stream().map(TlsVersion::protocol).toList())
                .ciphers(ciphers(listener.name(), rules), IdentityCipherSuiteFilter.INSTANCE);
        if (listener.protocol() != DoorProtocol.SMTP) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    protocolIds(listener.protocol())));
        }
        gate(builder, rules, "listeners." + listener.name());
        return builder.build();
    }

    private static void gate(SslContextBuilder builder, TlsRules rules, String where) throws IOException {
        if (rules.clientCertificates() == ClientCertificates.NONE) {
            return;
        }
        Path authorities = rules.clientCaFile().orElseThrow();
        try {
            builder.trustManager(authorities.toFile());
        } catch (IllegalArgumentException e) {
            throw new IOException(where + ".tls-rules.client-ca-file: " + authorities + ": " + e.getMessage(), e);
        }
        builder.clientAuth(
                rules.clientCertificates() == ClientCertificates.REQUIRE ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
    }

    /** As IANA has registered them. For SMTP it has none: we hear of this one from others, and never say it ourselves. */
    static List<String> protocolIds(DoorProtocol spoken) {
        return switch (spoken) {
            case IMAP -> List.of("imap");
            case POP3 -> List.of("pop3");
            case SMTP -> List.of("smtp");
            case HTTP -> List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
        };
    }

    private static List<String> ciphers(String listener, TlsRules rules) throws IOException {
        for (String name : rules.ciphers()) {
            if (!OpenSsl.isCipherSuiteAvailable(name)) {
                throw new IOException(
                        "listeners." + listener + ".tls-rules.ciphers: " + name + ": unknown (expected: one of "
                                + String.join(", ", OpenSsl.availableOpenSslCipherSuites()) + ")");
            }
        }
        List<String> some = rules.ciphers().isEmpty() ? WITH_FORWARD_SECRECY : rules.ciphers();
        List<String> more = rules.ciphers().isEmpty() && rules.isLegacy() ? WITHOUT : List.of();
        return Stream.of(OF_TLS_1_3, some, more).flatMap(List::stream).toList();
    }

    /** Verifies nothing: for looking at a certificate that is good for nothing else. Nothing is told to who shows it. */
    public static SslContext forAnybody() {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(PROVIDER)
                    .protocols(MODERN)
                    .endpointIdentificationAlgorithm(null)
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("it reads no file", e);
        }
    }

    /** Verifies the chain, and that the certificate is the host's own unless that is switched off. */
    public static SslContext forUpstream(UpstreamTrust trust) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(PROVIDER)
                .protocols(MODERN)
                .endpointIdentificationAlgorithm(trust.checksName() ? "HTTPS" : null);
        try {
            trust.caFile().ifPresent(ca -> builder.trustManager(ca.toFile()));
            builder.build();
        } catch (IllegalArgumentException | IOException e) {
            throw new IOException("ca-file: " + trust.caFile().orElseThrow() + ": " + e.getMessage(), e);
        }
        try {
            trust.own()
                    .ifPresent(own -> builder.keyManager(
                            own.certificateFile().toFile(), own.keyFile().toFile()));
            return builder.build();
        } catch (IllegalArgumentException | IOException e) {
            throw new IOException("client-certificate-file and client-key-file: " + e.getMessage(), e);
        }
    }
}
