package postern.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How a listener encrypts.
 *
 * @param legacyNetworks from where the old versions are taken, too
 * @param ciphers of TLS 1.2 and older, in the order that we prefer; empty: a good choice
 * @param clientCaFile who signs the certificates of clients
 */
public record TlsRules(
        NavigableSet<TlsVersion> versions,
        List<String> legacyNetworks,
        List<String> ciphers,
        ClientCertificates clientCertificates,
        Optional<Path> clientCaFile) {

    /** Whether clients show a certificate of their own. */
    public enum ClientCertificates {
        NONE,
        /** Who has none may come, too. */
        REQUEST,
        REQUIRE
    }

    /** The rules for clients from one of the legacy networks: every version. */
    public TlsRules forLegacy() {
        NavigableSet<TlsVersion> all = new TreeSet<>(List.of(TlsVersion.values()));
        return new TlsRules(
                Collections.unmodifiableNavigableSet(all), legacyNetworks, ciphers, clientCertificates, clientCaFile);
    }

    /** For clients that can do no better. */
    public boolean isLegacy() {
        return versions.first().isOld();
    }

    static TlsRules from(Section in) {
        NavigableSet<TlsVersion> versions = new TreeSet<>();
        in
                .list(
                        "versions",
                        "1.0, 1.1, 1.2 or 1.3",
                        number -> TlsVersion.ofNumber(number).isPresent())
                .stream()
                .map(TlsVersion::ofNumber)
                .flatMap(Optional::stream)
                .forEach(versions::add);
        if (versions.isEmpty()) {
            in.mistake("versions", "at least one of 1.0, 1.1, 1.2 and 1.3");
            versions.add(TlsVersion.TLS_1_3);
        }
        ClientCertificates clients = in.choice("client-certificates", ClientCertificates.values());
        if (clients != ClientCertificates.NONE && in.isEmpty("client-ca-file")) {
            in.mistake("client-certificates", "none, or a client-ca-file beside it");
        }
        return new TlsRules(
                Collections.unmodifiableNavigableSet(versions),
                in.ownNetworks("legacy-networks"),
                in.list("ciphers", "the name of a cipher suite", name -> name.matches("[A-Za-z0-9_-]+")),
                clients,
                in.optionalPath("client-ca-file"));
    }
}
