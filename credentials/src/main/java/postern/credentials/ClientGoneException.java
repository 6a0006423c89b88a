package postern.credentials;

/** Nobody waits for the answer any more, so it was not worked out. Stackless, as a crowd can make us throw it. */
public final class ClientGoneException extends RuntimeException {

    public ClientGoneException() {
        super("the client is gone", null, false, false);
    }
}
