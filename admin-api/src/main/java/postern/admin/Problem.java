package postern.admin;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Everything that can be wrong, each with a code that never changes (RFC 9457). */
enum Problem {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    UNAUTHORIZED(401, "The API token is missing or wrong"),
    APP_PASSWORDS_DISALLOWED(403, "There are no app passwords to be had for the user"),
    MFA_REQUIRED(403, "The user has no second step, and policy asks for one"),
    NOT_FOUND(404, "There is nothing at this path"),
    USER_NOT_FOUND(404, "There is no such user"),
    APP_PASSWORD_NOT_FOUND(404, "The user has no such app password"),
    METHOD_NOT_ALLOWED(405, "This path does not know the method"),
    NOT_ACCEPTABLE(406, "There is only JSON here"),
    USER_EXISTS(409, "There is such a user already"),
    APP_PASSWORD_LIMIT_REACHED(409, "The user has as many app passwords as allowed"),
    REQUEST_TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is not called JSON"),
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

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The reply that tells of it.
     *
     * @param detail {@code what: seen (expected: …)}
     */
    Reply.Refused because(String detail) {
        return new Reply.Refused(this, detail, Map.of(), Map.of());
    }
}
