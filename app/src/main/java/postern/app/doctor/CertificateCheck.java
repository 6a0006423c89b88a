package postern.app.doctor;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import postern.app.doctor.Finding.Failed;
import postern.app.doctor.Finding.Ok;
import postern.app.doctor.Finding.Verdict;
import postern.app.doctor.Finding.Warning;
import postern.config.UpstreamSettings;
import postern.proxy.upstream.PinCheck;

/**
 * What is to be said of the certificate that a host showed, good or not.
 *
 * @param chain never empty
 */
record CertificateCheck(List<X509Certificate> chain, String host, UpstreamSettings upstream, Instant now) {

    /** As docs/operations.md has it for those of our own. */
    private static final Duration SOON = Duration.ofDays(14);

    private static final int DNS = 2;
    private static final int IP = 7;

    /** Of one that was taken for the host's. */
    Verdict taken(String tls) {
        X509Certificate own = chain.getFirst();
        String seen = tls + ", for " + String.join(" ", names()) + ", signed by "
                + name(own.getIssuerX500Principal().getName()) + ", key sha256/" + PinCheck.pin(own.getPublicKey());
        Duration left = Duration.between(now, end(own));
        String until = ", until " + day(end(own)) + " (" + left.toDays() + " days)";
        return left.compareTo(SOON) < 0
                ? new Warning(seen + until, "renew it there, before nobody gets in any more")
                : new Ok(seen + until);
    }

    /**
     * Of one that was not.
     *
     * @param seen why
     */
    Failed refused(String seen) {
        X509Certificate own = chain.getFirst();
        Optional<X509Certificate> ended =
                chain.stream().filter(one -> end(one).isBefore(now)).findFirst();
        if (seen.contains("is not among the pins")) {
            return new Failed(seen, "if that is the mail server's new key, add it to " + setting("pins"));
        } else if (ended.isPresent()) {
            String whose = ended.get().equals(own) ? "its certificate" : "a certificate that vouches for its own";
            return new Failed(whose + " ended on " + day(end(ended.get())), "renew it at the mail server");
        } else if (own.getNotBefore().toInstant().isAfter(now)) {
            return new Failed(
                    "its certificate is not valid before " + own.getNotBefore().toInstant(),
                    "set the clock of this machine right, or of the one that made it");
        } else if (upstream.trust().checksName() && names().stream().noneMatch(this::isOurs)) {
            return new Failed(
                    "its certificate is for " + String.join(" ", names()) + ", and not for " + host,
                    setting("host") + ": a name that it is for; or a certificate for " + host + " at the mail server");
        }
        return new Failed(
                "nobody who is trusted here vouches for its certificate: signed by "
                        + name(own.getIssuerX500Principal().getName()),
                setting("ca-file") + ": the authority that signed it, in PEM; or have the mail server show the"
                        + " certificates between it and one that is known");
    }

    private String setting(String key) {
        return "upstreams." + upstream.name() + "." + key;
    }

    private List<String> names() {
        List<String> names = alternative(chain.getFirst());
        return names.isEmpty()
                ? List.of(name(chain.getFirst().getSubjectX500Principal().getName()))
                : names;
    }

    private static List<String> alternative(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name ->
                            name.getFirst().equals(DNS) || name.getFirst().equals(IP))
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
        } catch (CertificateParsingException _) {
            return List.of();
        }
    }

    private boolean isOurs(String name) {
        String called = host.toLowerCase(Locale.ROOT);
        String borne = name.toLowerCase(Locale.ROOT);
        return borne.equals(called)
                || isSameAddress(borne, called)
                || (borne.startsWith("*.") && called.replaceFirst("^[^.]+", "*").equals(borne));
    }

    private static boolean isSameAddress(String one, String other) {
        try {
            return InetAddress.ofLiteral(one).equals(InetAddress.ofLiteral(other));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** The common name alone, where there is one. */
    private static String name(String distinguished) {
        String cn = distinguished.replaceFirst("(?i)^(?:.*,)?CN=((?:\\\\.|[^,])+).*$", "$1");
        return cn.isBlank() ? "nobody by name" : cn;
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
