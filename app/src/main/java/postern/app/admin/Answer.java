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
        return said("title", "HTTP " + status) + "\n  " + said("detail", "no answer of ours") + "\n  code "
                + said("code", "-") + ", request " + said("request_id", "-");
    }

    /** Who is not our server may say anything, and ours says what it was sent. */
    private String said(String member, String otherwise) {
        JsonNode told = body.path(member);
        return told.isTextual() ? Table.text(told) : otherwise;
    }
}
