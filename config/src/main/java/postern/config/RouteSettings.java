package postern.config;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which upstream holds whose mail.
 *
 * @param defaultUpstream of everyone else; empty: they have no route
 * @param domains in lower case, to the upstream's name
 */
public record RouteSettings(Optional<String> defaultUpstream, Map<String, String> domains) {

    /** The name of the upstream that holds the mail of this domain. */
    public Optional<String> upstreamOf(String domain) {
        return Optional.ofNullable(domains.get(domain)).or(() -> defaultUpstream);
    }

    static RouteSettings from(Section in, Set<String> upstreams) {
        String expected =
                upstreams.isEmpty() ? "an upstream, and there is none" : "one of " + String.join(", ", upstreams);
        String everyoneElse = in.text("default", expected, name -> name.isEmpty() || upstreams.contains(name));
        Map<String, String> domains = new TreeMap<>();
        in.texts("domains", expected, upstreams::contains).forEach((written, upstream) -> {
            String domain = written.toLowerCase(Locale.ROOT);
            if (domain.contains("@")) {
                in.mistake("domains", "\"" + written + "\"", "a domain without @");
            }
            if (domains.put(domain, upstream) != null) {
                in.mistake("domains", domain + " twice", "once, capitals or not");
            }
        });
        return new RouteSettings(
                Optional.of(everyoneElse).filter(name -> !name.isEmpty()), Collections.unmodifiableMap(domains));
    }
}
