package postern.app.demo;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A certificate authority that lives for one demo, and one certificate of it for this machine. The
 * doors, the admin API and the mail server behind them all show it, so that TLS is verified
 * everywhere, as it would be in earnest.
 */
public final class DemoCertificates {

    private static final Duration VALID = Duration.ofDays(30);
    private static final String PASSWORD = "throw-away";

    private final Path folder;

    private DemoCertificates(Path folder) {
        this.folder = folder;
    }

    public static DemoCertificates in(Path folder) throws Exception {
        DemoCertificates certificates = new DemoCertificates(folder);
        if (!certificates.areFresh()) {
            Files.createDirectories(folder);
            certificates.make();
        }
        return certificates;
    }

    private boolean areFresh() throws IOException {
        return Files.exists(keystore())
                && Files.getLastModifiedTime(keystore())
                        .toInstant()
                        .isAfter(InstantSource.system().instant().minus(VALID.dividedBy(2)));
    }

    private void make() throws Exception {
        Instant now = InstantSource.system().instant();
        X509Bundle authority = new CertificateBuilder()
                .subject("CN=Postern demo authority")
                .setIsCertificateAuthority(true)
                .notBefore(now.minus(Duration.ofHours(1)))
                .notAfter(now.plus(VALID))
                .buildSelfSigned();
        X509Bundle server = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .addSanIpAddress("::1")
                .notBefore(now.minus(Duration.ofHours(1)))
                .notAfter(now.plus(VALID))
                .buildIssuedBy(authority);
        Files.writeString(ca(), authority.getCertificatePEM());
        Files.writeString(certificate(), server.getCertificatePathPEM());
        Files.writeString(key(), server.getPrivateKeyPEM());
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
        save(server.toKeyStore(PASSWORD.toCharArray()));
    }

    private void save(KeyStore keys) throws Exception {
        try (OutputStream file = Files.newOutputStream(keystore())) {
            keys.store(file, PASSWORD.toCharArray());
            Files.setPosixFilePermissions(keystore(), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            Files.deleteIfExists(keystore());
            throw e;
        }
    }

    public Path ca() {
        return folder.resolve("ca.pem");
    }

    public Path certificate() {
        return folder.resolve("fullchain.pem");
    }

    public Path key() {
        return folder.resolve("privkey.pem");
    }

    /** Of the same certificate, as the demo's mail server wants it. */
    Path keystore() {
        return folder.resolve("mail-server.p12");
    }

    String keystorePassword() {
        return PASSWORD;
    }
}
