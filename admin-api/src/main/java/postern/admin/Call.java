package postern.admin;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.QueryParams;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;

/**
 * A request as a route sees it.
 *
 * @param variables what stands in the path where the route has a name in braces, still encoded
 * @param query what stands behind the question mark, decoded; may hold secrets, and is logged nowhere
 * @param requestId under which the access log and the audit trail tell of it
 */
record Call(Map<String, String> variables, QueryParams query, String accept, HttpData content, String requestId) {

    /** The person the path is about. */
    LoginName login() {
        try {
            return new LoginName(variable("login"));
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** Empty when it has not the form of one: then it is nobody's. */
    Optional<AppPasswordId> appPassword() {
        try {
            return Optional.of(new AppPasswordId(variable("id")));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The name of an upstream, or of none. */
    String upstream() {
        return variable("upstream");
    }

    /** Twice is not once: whoever says two things is not believed either. */
    Optional<String> parameter(String name) {
        List<String> all = query.getAll(name);
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    JsonBody body(String... known) {
        return JsonBody.read(content.array(), List.of(known));
    }

    /** A plus is a plus here: it means a space in forms, not in paths. */
    private String variable(String name) {
        String encoded = variables.getOrDefault(name, "");
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
