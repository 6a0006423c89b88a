package postern.proxy.listen;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import postern.config.CertificateSettings;
import postern.config.TlsSettings;

/**
 * The certificates of one moment, and which of them a client is shown. Names come from files alone: what
 * clients ask for is looked up and never remembered, so nobody can make this grow.
 */
final class Certificates {

    /** One for a name, or one of each kind. */
    private record Choice(
            @Nullable ServerCertificate ecdsa, @Nullable ServerCertificate rsa) {

        static final Choice NONE = new Choice(null, null);

        boolean hasKindOf(ServerCertificate another) {
            return (another.isEcdsa() ? ecdsa : rsa) != null;
        }

        Choice and(ServerCertificate another) {
            return another.isEcdsa() ? new Choice(another, rsa) : new Choice(ecdsa, another);
        }

        /** One that the client cannot verify is still better than none: it says why. */
        @Nullable
        ServerCertificate of(boolean ecdsaWelcome) {
            ServerCertificate wished = ecdsaWelcome ? ecdsa : rsa;
            ServerCertificate other = ecdsaWelcome ? rsa : ecdsa;
            return wished == null ? other : wished;
        }
    }

    private final List<ServerCertificate> all;
    private final Map<String, Choice> byName = new HashMap<>();
    private final Choice unnamed;

    private Certificates(List<ServerCertificate> all) throws IOException {
        this.all = all;
        ServerCertificate first = all.getFirst();
        for (ServerCertificate one : all.subList(1, all.size())) {
            for (String name : one.names()) {
                claim(name, one);
            }
        }
        for (String name : first.names()) {
            if (!choice(name).hasKindOf(first)) { // who is named for it goes before who merely bears it
                byName.put(name, choice(name).and(first));
            }
        }
        Choice beside = first.names().stream().findFirst().map(this::choice).orElse(Choice.NONE);
        this.unnamed = beside.and(first);
    }

    /** Reads them all, or throws what is wrong with one. */
    static Certificates read(TlsSettings settings) throws IOException {
        List<ServerCertificate> all = new ArrayList<>();
        for (CertificateSettings files : settings.all()) {
            all.add(ServerCertificate.read(files));
        }
        return new Certificates(List.copyOf(all));
    }

    private void claim(String name, ServerCertificate one) throws IOException {
        if (choice(name).hasKindOf(one)) {
            throw new IOException("tls.certificates." + one.label() + ": " + name
                    + " has a certificate with such a key (expected: one of a kind for a name)");
        }
        byName.put(name, choice(name).and(one));
    }

    private Choice choice(String name) {
        return byName.getOrDefault(name, Choice.NONE);
    }

    List<ServerCertificate> all() {
        return all;
    }

    /** Of a name that nobody has, and of none, the first. */
    ServerCertificate shownTo(ClientHello client) {
        Choice named = client.serverName().map(this::find).orElse(unnamed);
        ServerCertificate shown = named.of(client.takesEcdsa());
        return shown == null ? all.getFirst() : shown;
    }

    private Choice find(String name) {
        Choice exact = byName.get(name);
        if (exact != null) {
            return exact;
        }
        int dot = name.indexOf('.');
        return dot < 0 ? unnamed : byName.getOrDefault("*" + name.substring(dot), unnamed);
    }

    /** A file that is no use to anybody must not take the place of one that is. */
    void refuseExpired(Instant now) throws IOException {
        for (ServerCertificate one : all) {
            if (one.expires().isBefore(now)) {
                throw new IOException(
                        "certificate " + one.label() + ": expired " + one.expires() + " (expected: one that is valid)");
            }
        }
    }

    Map<String, Instant> expiries() {
        Map<String, Instant> expiries = new TreeMap<>();
        all.forEach(one -> expiries.put(one.label(), one.expires()));
        return expiries;
    }
}
