package postern.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestId;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is sent back. One of these, so that no way out forgets a header. */
public sealed interface Reply {

    String JSON_TYPE = "application/json";

    /** Nothing is loaded, run or framed; and no address of ours, with a code in it, is told to anybody. */
    Map<String, String> OF_PAGES = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Referrer-Policy",
            "no-referrer");

    record Json(int status, ObjectNode body) implements Reply {}

    /**
     * One thing.
     *
     * @param state what changes only when somebody changes it, which its etag stands for
     * @param more what else is told of it
     */
    record Thing(ObjectNode state, ObjectNode more) implements Reply {

        public Thing(ObjectNode state) {
            this(state, JsonBody.object());
        }

        private String etag() {
            return Etag.of(state);
        }

        private String text() {
            return state.deepCopy().setAll(more).toString();
        }
    }

    /**
     * It is there now.
     *
     * @param location empty where there is no way to it but its secret
     * @param secret told this once, as a member of the body, and kept nowhere
     */
    record Created(Optional<String> location, ObjectNode body, Optional<Secret> secret) implements Reply {

        /**
         * What is told once.
         *
         * @param member what it is called in the body
         */
        public record Secret(String member, String value) {

            @Override
            public String toString() {
                return member + "=***";
            }
        }

        public Created(String location, ObjectNode body) {
            this(Optional.of(location), body, Optional.empty());
        }

        /** The etag is of the thing as it will be read: without the secret. */
        private Map<String, String> headers() {
            Map<String, String> headers = new HashMap<>(Map.of("ETag", Etag.of(body)));
            location.ifPresent(at -> headers.put("Location", at));
            return headers;
        }

        private String text() {
            return secret.map(told -> body.deepCopy().put(told.member(), told.value()))
                    .orElse(body)
                    .toString();
        }

        @Override
        public String toString() {
            return "Created[location=" + location + ", body=" + body + ", " + secret + "]";
        }
    }

    record Nothing() implements Reply {}

    /** It is being done; the location tells how far. */
    record Begun(String location, ObjectNode body) implements Reply {}

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

        public Refused with(String fact, int value) {
            return new Refused(problem, detail, Map.of(fact, value), headers);
        }

        public Refused header(String name, String value) {
            return new Refused(problem, detail, facts, Map.of(name, value));
        }
    }

    /** For the access line: what came of it, and where a new thing is. */
    default String outcome() {
        return switch (this) {
            case Created created -> created.location().orElse("created");
            case Begun(String location, ObjectNode _) -> location;
            case Refused refused -> refused.problem().code();
            case Page page -> page.outcome();
            case Json _, Thing _, Nothing _, Text _ -> "ok";
        };
    }

    /** Who has the thing in this very state is told so, and not the thing. */
    default AggregatedHttpResponse print(RequestId requestId, Call call) {
        boolean reads =
                call.headers().method() == HttpMethod.GET || call.headers().method() == HttpMethod.HEAD;
        if (reads && this instanceof Thing thing && Etag.isKnown(call.headers(), thing.etag())) {
            return response(requestId, 304, Map.of("ETag", thing.etag()), "", "");
        }
        return print(requestId);
    }

    default AggregatedHttpResponse print(RequestId requestId) {
        return switch (this) {
            case Json(int status, ObjectNode body) -> response(requestId, status, Map.of(), JSON_TYPE, body.toString());
            case Thing thing -> response(requestId, 200, Map.of("ETag", thing.etag()), JSON_TYPE, thing.text());
            case Created created -> response(requestId, 201, created.headers(), JSON_TYPE, created.text());
            case Begun(String location, ObjectNode body) ->
                response(requestId, 202, Map.of("Location", location), JSON_TYPE, body.toString());
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
