package postern.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestId;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.util.Map;

/** What is sent back. One of these, so that no way out forgets a header. */
sealed interface Reply {

    String JSON_TYPE = "application/json";

    /** Nothing is loaded, run or framed; and no address of ours, with a code in it, is told to anybody. */
    Map<String, String> OF_PAGES = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Referrer-Policy",
            "no-referrer");

    record Json(int status, ObjectNode body) implements Reply {}

    /** There may be a secret in the body. */
    record Created(String location, ObjectNode body) implements Reply {

        @Override
        public String toString() {
            return "Created[location=" + location + ", body=***]";
        }
    }

    record Nothing() implements Reply {}

    record Text(String contentType, String body) implements Reply {}

    /**
     * For people in a browser: words alone, and nothing that could be made to do anything.
     *
     * @param outcome for the access line
     */
    record Page(int status, String outcome, String html) implements Reply {}

    /**
     * A problem, told as RFC 9457 wants it.
     *
     * @param facts members of this problem alone
     * @param headers that its status asks for
     */
    record Refused(Problem problem, String detail, Map<String, Integer> facts, Map<String, String> headers)
            implements Reply {

        Refused with(String fact, int value) {
            return new Refused(problem, detail, Map.of(fact, value), headers);
        }

        Refused header(String name, String value) {
            return new Refused(problem, detail, facts, Map.of(name, value));
        }
    }

    /** For the access line: what came of it, and where a new thing is. */
    default String outcome() {
        return switch (this) {
            case Created(String location, ObjectNode _) -> location;
            case Refused refused -> refused.problem().code();
            case Page page -> page.outcome();
            case Json _, Nothing _, Text _ -> "ok";
        };
    }

    default AggregatedHttpResponse print(RequestId requestId) {
        return switch (this) {
            case Json(int status, ObjectNode body) -> response(requestId, status, Map.of(), JSON_TYPE, body.toString());
            case Created(String location, ObjectNode body) ->
                response(requestId, 201, Map.of("Location", location), JSON_TYPE, body.toString());
            case Nothing() -> response(requestId, 204, Map.of(), "", "");
            case Text(String contentType, String body) -> response(requestId, 200, Map.of(), contentType, body);
            case Page(int status, String _, String html) ->
                response(requestId, status, OF_PAGES, "text/html; charset=utf-8", html);
            case Refused refused ->
                response(
                        requestId,
                        refused.problem().status(),
                        refused.headers(),
                        "application/problem+json",
                        problem(refused, requestId).toString());
        };
    }

    private static ObjectNode problem(Refused refused, RequestId requestId) {
        Problem problem = refused.problem();
        ObjectNode body = JsonBody.object()
                .put("type", "urn:postern:problem:" + problem.code())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", refused.detail())
                .put("code", problem.code())
                .put("request_id", requestId.text());
        refused.facts().forEach(body::put);
        return body;
    }

    private static AggregatedHttpResponse response(
            RequestId requestId, int status, Map<String, String> headers, String contentType, String body) {
        ResponseHeadersBuilder all = ResponseHeaders.builder(HttpStatus.valueOf(status))
                .add(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .add(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .add("X-Request-Id", requestId.text());
        headers.forEach(all::add);
        if (!contentType.isEmpty()) {
            all.add(HttpHeaderNames.CONTENT_TYPE, contentType);
        }
        return AggregatedHttpResponse.of(all.build(), HttpData.ofUtf8(body));
    }
}
