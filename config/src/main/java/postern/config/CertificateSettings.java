package postern.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A certificate and its key. Whether they are any good is seen when they are loaded.
 *
 * @param name what the operator calls it
 * @param names the host names that it is shown for; none: those that it bears
 */
public record CertificateSettings(String name, Path certificateFile, Path keyFile, List<String> names) {

    /** The one that is shown when no other is meant. */
    public static final String DEFAULT = "default";

    private static final String HOST = "(\\*\\.)?[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*";

    static CertificateSettings from(Section in) {
        if (in.name().equals(DEFAULT)) {
            in.mistakeHere("taken", "another name, since this is the certificate of tls.certificate-file");
        }
        return new CertificateSettings(
                in.name(),
                in.path("certificate-file"),
                in.path("key-file"),
                in.list("names", "a host name, or one with *. in front", name -> name.matches(HOST)));
    }
}
