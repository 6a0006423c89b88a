package postern.proxy.setup;

import com.linecorp.armeria.common.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is asked for, by its path. Programs write the same one in capitals of their own, so these do not count. */
sealed interface SetupPath {

    String LINKS = "/setup/links/";
    String POX = "/autodiscover/autodiscover.xml";
    String JSON = "/autodiscover/autodiscover.json";
    String JSON_OF = JSON + "/v1.0/";
    String PROFILE = "/setup/apple.mobileconfig";
    List<String> AUTOCONFIG = List.of("/mail/config-v1.1.xml", "/.well-known/autoconfig/mail/config-v1.1.xml");

    /** Autodiscover, asked in XML. */
    record Pox() implements SetupPath {}

    /**
     * Autodiscover, asked by a query.
     *
     * @param address empty where it stands in the query
     */
    record Json(Optional<String> address) implements SetupPath {}

    record Autoconfig() implements SetupPath {}

    record Profile() implements SetupPath {}

    /** One of the links that lead somewhere once. */
    record Link(String token) implements SetupPath {}

    static Optional<SetupPath> of(String path) {
        String asked = path.toLowerCase(Locale.ROOT);
        if (asked.startsWith(LINKS)) {
            return Optional.of(new Link(path.substring(LINKS.length())));
        } else if (asked.startsWith(JSON_OF)) {
            return Optional.of(new Json(Optional.of(decoded(path.substring(JSON_OF.length())))));
        } else if (AUTOCONFIG.contains(asked)) {
            return Optional.of(new Autoconfig());
        }
        return switch (asked) {
            case POX -> Optional.of(new Pox());
            case JSON -> Optional.of(new Json(Optional.empty()));
            case PROFILE -> Optional.of(new Profile());
            default -> Optional.empty();
        };
    }

    /** A plus is a plus here: it means a space in forms, not in paths. */
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return segment; // which is nobody's address
        }
    }

    default List<HttpMethod> methods() {
        return switch (this) {
            case Pox _ -> List.of(HttpMethod.POST);
            case Profile _ -> List.of(HttpMethod.GET, HttpMethod.POST);
            case Json _, Autoconfig _, Link _ -> List.of(HttpMethod.GET);
        };
    }
}
