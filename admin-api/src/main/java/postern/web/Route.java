package postern.web;

import com.linecorp.armeria.common.HttpMethod;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import postern.credentials.Permission;

/**
 * One thing that may be asked for.
 *
 * @param path with a name in braces where anything may stand, perhaps with a verb behind it: {@code /users/{login}:erase}
 * @param permission that a caller needs; empty: anybody may ask
 * @param queries all that may stand behind the question mark; nothing else may, so that no filter with a slip of the pen in it
 *     stands for everybody
 */
public record Route(
        HttpMethod method, String path, Optional<Permission> permission, Set<String> queries, Handler handler) {

    public static final String PAGE_SIZE = "page_size";
    public static final String PAGE_TOKEN = "page_token";
    public static final String VALIDATE_ONLY = "validate_only";

    /** Runs on a virtual thread, so it may block; what it throws is told by {@link ErrorReplies}. */
    @FunctionalInterface
    public interface Handler {
        Reply handle(Call call) throws Exception;
    }

    public static Route get(String path, Permission needed, Handler handler) {
        return of(HttpMethod.GET, path, needed, handler);
    }

    /** What it would change it can be asked to check alone. */
    public static Route post(String path, Permission needed, Handler handler) {
        return of(HttpMethod.POST, path, needed, handler).taking(VALIDATE_ONLY);
    }

    /** RFC 7396: what is not named stays, what is null goes. */
    public static Route patch(String path, Permission needed, Handler handler) {
        return of(HttpMethod.PATCH, path, needed, handler).taking(VALIDATE_ONLY);
    }

    public static Route put(String path, Permission needed, Handler handler) {
        return of(HttpMethod.PUT, path, needed, handler).taking(VALIDATE_ONLY);
    }

    public static Route delete(String path, Permission needed, Handler handler) {
        return of(HttpMethod.DELETE, path, needed, handler);
    }

    private static Route of(HttpMethod method, String path, Permission needed, Handler handler) {
        return new Route(method, path, Optional.of(needed), Set.of(), handler);
    }

    /** Without a token. */
    public static Route open(String path, Handler handler, String... queries) {
        return new Route(HttpMethod.GET, path, Optional.empty(), Set.of(queries), handler);
    }

    /** Without a token, as {@link #open} is; a body is told what to do. */
    public static Route openPost(String path, Handler handler) {
        return new Route(HttpMethod.POST, path, Optional.empty(), Set.of(), handler);
    }

    public Route taking(String... more) {
        Set<String> all = new HashSet<>(queries);
        all.addAll(List.of(more));
        return new Route(method, path, permission, Set.copyOf(all), handler);
    }

    /** Of which nothing can be checked in advance. */
    public Route onlyInEarnest() {
        Set<String> fewer = new HashSet<>(queries);
        fewer.remove(VALIDATE_ONLY);
        return new Route(method, path, permission, Set.copyOf(fewer), handler);
    }

    public Route inPages() {
        return taking(PAGE_SIZE, PAGE_TOKEN);
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

    /** Whether this path is one of its. */
    public boolean leadsTo(String asked) {
        return match(asked).isPresent();
    }

    private Optional<Map<String, String>> match(String asked) {
        String[] expected = path.split("/", -1);
        String[] seen = asked.split("/", -1);
        if (expected.length != seen.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < expected.length; i++) {
            if (!matches(expected[i], seen[i], variables)) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    private static boolean matches(String expected, String seen, Map<String, String> variables) {
        if (!expected.startsWith("{")) {
            return expected.equals(seen);
        }
        int end = expected.indexOf('}');
        String verb = expected.substring(end + 1);
        if (!seen.endsWith(verb) || seen.length() == verb.length()) {
            return false;
        }
        variables.put(expected.substring(1, end), seen.substring(0, seen.length() - verb.length()));
        return true;
    }
}
