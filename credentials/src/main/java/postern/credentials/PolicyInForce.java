package postern.credentials;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What holds for one account, and why: the layer that had the last word on each rule.
 *
 * @param sources from the name of a rule to the layer it comes from
 */
public record PolicyInForce(Policy policy, Map<String, String> sources) {

    /** What an operator calls the lowest layer, which says something on everything. */
    public static final String CONFIGURATION = "configuration";

    /** One layer that says something. */
    public record Layer(PolicySubject subject, PolicyRules rules) {}

    /** Each rule by its name, and whether a layer says something on it. */
    private static final Map<String, Function<PolicyRules, Boolean>> RULES = new LinkedHashMap<>();

    static {
        RULES.put("app_passwords", rules -> rules.appPasswords().isPresent());
        RULES.put("second_step_required", rules -> rules.secondStepRequired().isPresent());
        RULES.put("most_per_account", rules -> rules.mostPerAccount().isPresent());
        RULES.put("secret_length", rules -> rules.secretLength().isPresent());
        RULES.put("protocols", rules -> rules.protocols().isPresent());
        RULES.put("longest_life", rules -> rules.longestLife().isPresent());
        RULES.put("unused_after", rules -> rules.unusedAfter().isPresent());
        RULES.put("issuers", rules -> rules.issuers().isPresent());
    }

    /**
     * The layers, one over the other.
     *
     * @param layers in any order; the one for the smallest circle has the last word
     */
    public static PolicyInForce of(Policy configuration, List<Layer> layers) {
        List<Layer> upwards = new ArrayList<>(layers);
        upwards.sort((one, other) -> Integer.compare(height(one.subject()), height(other.subject())));
        Policy policy = configuration;
        Map<String, String> sources = new LinkedHashMap<>();
        RULES.keySet().forEach(rule -> sources.put(rule, CONFIGURATION));
        for (Layer layer : upwards) {
            policy = layer.rules().over(policy);
            RULES.forEach((rule, isSaid) -> {
                if (isSaid.apply(layer.rules())) {
                    sources.put(rule, layer.subject().toString());
                }
            });
        }
        return new PolicyInForce(policy, sources);
    }

    private static int height(PolicySubject subject) {
        return switch (subject) {
            case PolicySubject.Everyone _ -> 1;
            case PolicySubject.Domain _ -> 2;
            case PolicySubject.One _ -> 3;
        };
    }
}
