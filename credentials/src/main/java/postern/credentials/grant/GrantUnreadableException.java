package postern.credentials.grant;

/**
 * There is a grant, and it does not open: its key is not here, or the row is not as it was sealed. The
 * operator has to mend it. To a client it is an outage, never "no such grant" and never "denied".
 */
public final class GrantUnreadableException extends Exception {

    GrantUnreadableException(String message) {
        super(message);
    }

    GrantUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
