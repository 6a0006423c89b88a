package postern.web;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.administration.Caller;

/**
 * A request as a route sees it.
 *
 * @param from who asks; empty where anybody may
 * @param at when it came, to the millisecond, as the store keeps it
 * @param variables what stands in the path where the route has a name in braces, still encoded
 * @param query what stands behind the question mark, decoded; may hold secrets, and is logged nowhere
 * @param requestId under which the access log and the audit trail tell of it
 */
public record Call(
        Optional<Caller> from,
        Instant at,
        Map<String, String> variables,
        QueryParams query,
        RequestHeaders headers,
        HttpData content,
        String requestId) {

    public Caller caller() {
        return from.orElseThrow(() -> new IllegalStateException("a route that anybody may ask has no caller"));
    }

    /** Who changes something by it. */
    public By by() {
        return caller().by(requestId, at);
    }

    /** The person the path is about. */
    public LoginName login() {
        return read("login", LoginName::new);
    }

    /** Empty when it has not the form of one: then it is nobody's. */
    public <T> Optional<T> id(String variable, Function<String, T> form) {
        try {
            return Optional.of(form.apply(variable(variable)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** What stands in the path, in its form. */
    public <T> T read(String variable, Function<String, T> form) {
        return formed(variable(variable), form);
    }

    /** A plus is a plus here: it means a space in forms, not in paths. */
    public String variable(String name) {
        return decoded(variables.getOrDefault(name, ""));
    }

    static String decoded(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Twice is not once: whoever says two things is not believed either. */
    public Optional<String> parameter(String name) {
        List<String> all = query.getAll(name);
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    /** What stands behind the question mark, in its form. */
    public <T> Optional<T> parameter(String name, Function<String, T> form) {
        if (query.getAll(name).size() > 1) {
            throw Refusal.malformed(name + ": more than one (expected: one)");
        }
        Optional<String> said = parameter(name);
        if (said.filter(String::isEmpty).isPresent()) {
            throw Refusal.malformed(name + ": nothing (expected: something, or not to be named)");
        }
        return said.map(text -> formed(text, form));
    }

    /** Yes or no, if it is said. */
    public Optional<Boolean> flag(String name) {
        return parameter(name, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + ": neither (expected: true or false)");
        });
    }

    /** Whether nothing is to be changed: only checked. */
    public boolean validateOnly() {
        return flag(Route.VALIDATE_ONLY).orElse(false);
    }

    private static <T> T formed(String text, Function<String, T> form) {
        try {
            return form.apply(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }

    public String accept() {
        return headers.get(HttpHeaderNames.ACCEPT, "");
    }

    public JsonBody body(String... known) {
        return JsonBody.read(content.array(), List.of(known));
    }

    @Override
    public String toString() {
        return "Call[requestId=" + requestId + "]";
    }
}
