package postern.proxy.listen;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import postern.config.TlsSettings;

/** From files to what encrypts. BoringSSL where it loads: a login costs a quarter of the JDK's own TLS. */
public final class TlsContexts {

    private static final String[] MODERN = {"TLSv1.3", "TLSv1.2"};
    private static final SslProvider PROVIDER = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;

    private TlsContexts() {}

    /** Throws what the operator must mend, naming the file. */
    public static SslContext forClients(TlsSettings files) throws IOException {
        Path certificate = readable(files.certificateFile());
        Path key = readable(files.keyFile());
        try {
            KeyPairCheck.belongTogether(certificate, key);
            return SslContextBuilder.forServer(certificate.toFile(), key.toFile())
                    .sslProvider(PROVIDER)
                    .protocols(MODERN)
                    .build();
        } catch (IllegalArgumentException | IOException | GeneralSecurityException e) {
            throw new IOException(
                    "tls: " + certificate + " and " + key + " are no certificate chain and its key: " + e.getMessage(),
                    e);
        }
    }

    /** Verifies the chain, and that the certificate is the host's own; there is no way to turn that off. */
    public static SslContext forUpstream(Optional<Path> caFile) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(PROVIDER)
                .protocols(MODERN)
                .endpointIdentificationAlgorithm("HTTPS");
        try {
            caFile.ifPresent(ca -> builder.trustManager(ca.toFile()));
            return builder.build();
        } catch (IllegalArgumentException | IOException e) {
            throw new IOException("ca-file: " + caFile.orElseThrow() + ": " + e.getMessage(), e);
        }
    }

    private static Path readable(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("tls: " + file + ": cannot be read (expected: a file that this account may read)");
        }
        return file;
    }
}
