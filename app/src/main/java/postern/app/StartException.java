package postern.app;

/** Why the server does not start, in one sentence for the operator. */
public final class StartException extends Exception {

    public StartException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    public StartException(String sentence) {
        super(sentence);
    }
}
