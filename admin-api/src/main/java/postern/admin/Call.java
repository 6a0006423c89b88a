package postern.admin;

import com.linecorp.armeria.common.HttpData;
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
 * @param requestId under which the access log and the audit trail tell of it
 */
record Call(Map<String, String> variables, String accept, HttpData content, String requestId) {

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

    JsonBody body(String... known) {
        return JsonBody.read(content.array(), List.of(known));
    }

    /** A plus is a plus here: it means a space in forms, not in paths. */
    private String variable(String name) {
        String encoded = variables.getOrDefault(name, "");
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
