package postern.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a listener reads what people type as their name.
 *
 * @param defaultDomain of who logs in with a bare name
 * @param windowsDomains in lower case, to the domain of mail addresses
 */
public record NameSettings(Optional<String> defaultDomain, Map<String, String> windowsDomains) {

    /** A name is a name. */
    public static final NameSettings NONE = new NameSettings(Optional.empty(), Map.of());

    private static final String A_DOMAIN = "a domain without @";

    static NameSettings from(Section in) {
        String everyoneElse = in.text("default-domain", A_DOMAIN, name -> !name.contains("@"));
        Map<String, String> domains = new TreeMap<>();
        in.texts("windows-domains", A_DOMAIN, name -> !name.isEmpty() && !name.contains("@"))
                .forEach((windows, mail) -> domains.put(windows.toLowerCase(Locale.ROOT), mail));
        return new NameSettings(Optional.of(everyoneElse).filter(name -> !name.isEmpty()), Map.copyOf(domains));
    }
}
