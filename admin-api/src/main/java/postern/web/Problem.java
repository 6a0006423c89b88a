package postern.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Everything that can be wrong, each with a code that never changes (RFC 9457). */
public enum Problem {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    UNAUTHORIZED(401, "The API token is missing or wrong"),
    FORBIDDEN(403, "The caller may not do this"),
    OUT_OF_REACH(403, "The user has a role above the caller's"),
    APP_PASSWORDS_DISALLOWED(403, "There are no app passwords to be had for the user"),
    MFA_REQUIRED(403, "The user has no second step, and policy asks for one"),
    NOT_FOUND(404, "There is nothing at this path"),
    USER_NOT_FOUND(404, "There is no such user"),
    ALIAS_NOT_FOUND(404, "The user has no such alias"),
    APP_PASSWORD_NOT_FOUND(404, "The user has no such app password"),
    SESSION_NOT_FOUND(404, "There is no such session"),
    GRANT_NOT_FOUND(404, "There is no such grant"),
    API_TOKEN_NOT_FOUND(404, "There is no such API token"),
    JOB_NOT_FOUND(404, "There is no such job"),
    METHOD_NOT_ALLOWED(405, "This path does not know the method"),
    NOT_ACCEPTABLE(406, "There is only JSON here"),
    USER_EXISTS(409, "There is such a user already"),
    APP_PASSWORD_LIMIT_REACHED(409, "The user has as many app passwords as allowed"),
    API_TOKEN_NOT_TO_BE_ROTATED(409, "Nothing takes the place of that token"),
    JOB_NOT_AS_EXPECTED(409, "It is not what was looked at"),
    REPLY_PENDING(409, "The request with this key is not answered yet"),
    PRECONDITION_FAILED(412, "It was changed meanwhile"),
    REQUEST_TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is not called JSON"),
    IDEMPOTENCY_KEY_REUSED(422, "The key was used for another request"),
    PRECONDITION_REQUIRED(428, "It must be said which state was seen"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    INTERNAL_ERROR(500, "The fault is on this side"),
    STORE_UNAVAILABLE(503, "The store cannot answer now"),
    BUSY(503, "Too much to do now");

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Of a status that the HTTP library gave, which knows no codes. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 503 -> BUSY;
            default ->
                Arrays.stream(values())
                        .filter(problem -> problem.status == status)
                        .findFirst()
                        .orElse(status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR);
        };
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The reply that tells of it.
     *
     * @param detail {@code what: seen (expected: …)}
     */
    public Reply.Refused because(String detail) {
        return new Reply.Refused(this, detail, Map.of(), Map.of());
    }
}
