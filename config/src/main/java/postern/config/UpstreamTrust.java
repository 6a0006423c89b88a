package postern.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What makes an upstream the one that it says it is, and us the one that we say we are.
 *
 * @param caFile whom to trust; empty: whom the system trusts
 * @param pins SHA-256 of the keys, one of which its certificate must have; none: any that is trusted
 * @param checksName whether its certificate must bear the name of the host
 * @param own what we show to it when it asks
 * @param cleartextNetworks where plain text may go, besides this machine
 */
public record UpstreamTrust(
        Optional<Path> caFile,
        List<String> pins,
        boolean checksName,
        Optional<OwnCertificate> own,
        List<String> cleartextNetworks) {

    static final String PIN = "sha256/";

    /** PEM: the chain, and its private key. */
    public record OwnCertificate(Path certificateFile, Path keyFile) {}

    static UpstreamTrust from(Section in) {
        Optional<Path> certificate = in.optionalPath("client-certificate-file");
        Optional<Path> key = in.optionalPath("client-key-file");
        if (in.isInUse() && certificate.isPresent() != key.isPresent()) {
            in.mistake(
                    certificate.isPresent() ? "client-certificate-file" : "client-key-file",
                    certificate.isPresent() ? "a client-key-file beside it" : "a client-certificate-file beside it");
        }
        return new UpstreamTrust(
                in.optionalPath("ca-file"),
                in.list("pins", PIN + "… in base64", pin -> pin.matches(PIN + "[A-Za-z0-9+/]{43}=")).stream()
                        .map(pin -> pin.replaceFirst(PIN, ""))
                        .toList(),
                in.yes("check-name"),
                certificate.flatMap(file -> key.map(other -> new OwnCertificate(file, other))),
                in.ownNetworks("cleartext-networks"));
    }
}
