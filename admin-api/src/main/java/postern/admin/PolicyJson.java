package postern.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import postern.credentials.Policy;
import postern.credentials.PolicyInForce;
import postern.credentials.PolicyRules;
import postern.credentials.Protocol;
import postern.web.Call;
import postern.web.JsonBody;

/** What policy says, as the API reads and writes it: a rule that is null is left to the layers below. */
final class PolicyJson {

    private static final int MOST_LISTED = 10;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private PolicyJson() {}

    static ObjectNode of(PolicyRules rules) {
        ObjectNode body = Json.object();
        ObjectNode json = body.putObject("rules")
                .put("app_passwords", Json.text(rules.appPasswords()))
                .put("second_step_required", rules.secondStepRequired().orElse(null))
                .put("most_per_account", Json.number(rules.mostPerAccount()))
                .put("secret_length", Json.number(rules.secretLength()));
        json.set("protocols", rules.protocols().map(Json::sorted).orElse(null));
        json.put("longest_life", Json.text(rules.longestLife())).put("unused_after", Json.text(rules.unusedAfter()));
        json.set("issuers", rules.issuers().map(Json::sorted).orElse(null));
        return body;
    }

    /** What holds, and which layer had the last word on each rule. */
    static ObjectNode of(PolicyInForce inForce) {
        Policy policy = inForce.policy();
        ObjectNode json = Json.object();
        ObjectNode rules = json.putObject("in_force")
                .put("app_passwords", policy.appPasswords().toString())
                .put("second_step_required", policy.secondStepRequired())
                .put("most_per_account", policy.mostPerAccount())
                .put("secret_length", policy.secretLength());
        rules.set("protocols", Json.sorted(policy.protocols()));
        rules.put("longest_life", Json.text(policy.longestLife())).put("unused_after", Json.text(policy.unusedAfter()));
        rules.set("issuers", Json.sorted(policy.issuers()));
        ObjectNode sources = json.putObject("said_by");
        for (Map.Entry<String, String> source : inForce.sources().entrySet()) {
            sources.put(source.getKey(), source.getValue());
        }
        return json;
    }

    static PolicyRules read(Call call) {
        return read(call.body(
                "app_passwords",
                "second_step_required",
                "most_per_account",
                "secret_length",
                "protocols",
                "longest_life",
                "unused_after",
                "issuers"));
    }

    /** The bounds of each are the policy's own; what is beyond them is said to be by itself. */
    private static PolicyRules read(JsonBody body) {
        return new PolicyRules(
                body.optional("app_passwords", ScopeJson.word("app_passwords", Policy.AppPasswords.values())),
                body.flag("second_step_required"),
                body.number("most_per_account", 0, Policy.MOST_PER_ACCOUNT),
                body.number("secret_length", Policy.LEAST_SECRET_LENGTH, Policy.MOST_SECRET_LENGTH),
                body.list("protocols", MOST_LISTED, Protocol::parse).map(Set::copyOf),
                time(body, "longest_life"),
                time(body, "unused_after"),
                body.list("issuers", MOST_LISTED, ScopeJson.word("issuers", Policy.Issuer.values()))
                        .map(Set::copyOf));
    }

    private static Optional<Duration> time(JsonBody body, String property) {
        return body.optional(property, text -> {
            try {
                Duration time = Duration.parse(text);
                if (!time.isNegative() && time.compareTo(LONGEST) <= 0) {
                    return time;
                }
            } catch (DateTimeException | ArithmeticException _) {
                // told below
            }
            throw new IllegalArgumentException(
                    property + ": no time of that kind (expected: ISO 8601, as P90D; PT0S for no limit)");
        });
    }
}
