package postern.config;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Which upstream holds whose mail: of the rules that fit, the closest.
 *
 * @param people by login name, in lower case, to the upstream's name
 * @param groups by the account's group, as it is written
 * @param domains in lower case
 * @param everyoneElse empty: they have no route
 */
public record RouteSettings(
        Map<String, String> people,
        Map<String, String> groups,
        Map<String, String> domains,
        Optional<String> everyoneElse) {

    /** What a rule goes by, the closest first. */
    public enum Rule {
        PERSON,
        GROUP,
        DOMAIN,
        DEFAULT
    }

    /**
     * Where somebody's mail is.
     *
     * @param rule the one that led there
     */
    public record Route(String upstream, Rule rule) {}

    /**
     * By the closest rule that fits.
     *
     * @param person the login name
     * @param domain of the mailbox
     */
    public Optional<Route> route(String person, Optional<String> group, String domain) {
        return by(Rule.PERSON, Optional.ofNullable(people.get(person)))
                .or(() -> by(Rule.GROUP, group.map(groups::get)))
                .or(() -> by(Rule.DOMAIN, Optional.ofNullable(domains.get(domain))))
                .or(() -> by(Rule.DEFAULT, everyoneElse));
    }

    private static Optional<Route> by(Rule rule, Optional<String> upstream) {
        return upstream.map(name -> new Route(name, rule));
    }

    static RouteSettings from(Section in, Set<String> upstreams) {
        String expected =
                upstreams.isEmpty() ? "an upstream, and there is none" : "one of " + String.join(", ", upstreams);
        String everyoneElse = in.text("default", expected, name -> name.isEmpty() || upstreams.contains(name));
        UnaryOperator<String> inLowerCase = name -> name.toLowerCase(Locale.ROOT);
        Map<String, String> domains = rules(in, "domains", expected, upstreams, inLowerCase);
        domains.keySet().stream()
                .filter(domain -> domain.contains("@"))
                .forEach(domain -> in.mistake("domains", "\"" + domain + "\"", "a domain without @"));
        return new RouteSettings(
                rules(in, "people", expected, upstreams, inLowerCase),
                rules(in, "groups", expected, upstreams, UnaryOperator.identity()),
                domains,
                Optional.of(everyoneElse).filter(name -> !name.isEmpty()));
    }

    private static Map<String, String> rules(
            Section in, String key, String expected, Set<String> upstreams, UnaryOperator<String> spelling) {
        Map<String, String> rules = new TreeMap<>();
        in.texts(key, expected, upstreams::contains).forEach((written, upstream) -> {
            String meant = spelling.apply(written);
            if (rules.put(meant, upstream) != null) {
                in.mistake(key, meant + " twice", "once, capitals or not");
            }
        });
        return Collections.unmodifiableMap(rules);
    }
}
