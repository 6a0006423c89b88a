package postern.app.admin;

import java.net.URI;

/** The API said nothing: whether the work was done is not known. */
final class NotReachedException extends Exception {

    private static final long serialVersionUID = 1;

    NotReachedException(URI url, Exception cause) {
        super("no answer from " + url + ": " + said(cause), cause);
    }

    private static String said(Exception cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
