package postern.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The certificates that the doors show.
 *
 * @param certificates those beside the first, which is the one of {@code certificateFile}
 */
public record TlsSettings(Path certificateFile, Path keyFile, List<CertificateSettings> certificates) {

    /** The first one first. */
    public List<CertificateSettings> all() {
        CertificateSettings first =
                new CertificateSettings(CertificateSettings.DEFAULT, certificateFile, keyFile, List.of());
        return Stream.concat(Stream.of(first), certificates.stream()).toList();
    }

    static TlsSettings from(Section in) {
        return new TlsSettings(
                in.path("certificate-file"),
                in.path("key-file"),
                List.copyOf(in.named("certificates", "certificate-defaults", CertificateSettings::from)
                        .values()));
    }
}
