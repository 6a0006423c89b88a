package postern.app.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What the API said.
 *
 * @param body missing where there was none
 */
record Answer(int status, Optional<String> etag, JsonNode body) {

    boolean isDone() {
        return status < 300;
    }

    boolean isStranger() {
        return status == 401;
    }

    /** A problem, for who asked: what is wrong, what was seen and expected, and what to look for in the log. */
    String problem() {
        return body.path("title").asText("HTTP " + status) + "\n  "
                + body.path("detail").asText("no answer of ours")
                + "\n  code " + body.path("code").asText("-") + ", request "
                + body.path("request_id").asText("-");
    }
}
