package postern.admin;

import com.linecorp.armeria.common.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One thing that may be asked for.
 *
 * @param path with a name in braces where anything may stand
 */
record Route(HttpMethod method, String path, Handler handler) {

    /** Runs on a virtual thread, so it may block; what it throws is told by {@link ErrorReplies}. */
    @FunctionalInterface
    interface Handler {
        Reply handle(Call call) throws Exception;
    }

    static Route get(String path, Handler handler) {
        return new Route(HttpMethod.GET, path, handler);
    }

    static Route post(String path, Handler handler) {
        return new Route(HttpMethod.POST, path, handler);
    }

    static Route delete(String path, Handler handler) {
        return new Route(HttpMethod.DELETE, path, handler);
    }

    record Found(Route route, Map<String, String> variables) {}

    /** Who may be asked by GET may be asked by HEAD. */
    static Found find(List<Route> routes, HttpMethod asked, String path) {
        HttpMethod method = asked == HttpMethod.HEAD ? HttpMethod.GET : asked;
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(path);
            if (variables.isPresent() && route.method == method) {
                return new Found(route, variables.get());
            }
            variables.ifPresent(_ -> allowed.add(route.method.name()));
        }
        if (allowed.isEmpty()) {
            throw new Refusal(Problem.NOT_FOUND.because("path: unknown (expected: one of the documented ones)"));
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        String allow = String.join(", ", allowed);
        throw new Refusal(Problem.METHOD_NOT_ALLOWED
                .because("method: " + asked + " (expected: " + allow + ")")
                .header("Allow", allow));
    }

    private Optional<Map<String, String>> match(String asked) {
        String[] expected = path.split("/", -1);
        String[] seen = asked.split("/", -1);
        if (expected.length != seen.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < expected.length; i++) {
            if (expected[i].startsWith("{") && !seen[i].isEmpty()) {
                variables.put(expected[i].substring(1, expected[i].length() - 1), seen[i]);
            } else if (!expected[i].equals(seen[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
