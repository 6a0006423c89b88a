package postern.app;

/** Why a command cannot do what it is for, in one sentence for the operator. */
public final class StartException extends Exception {

    public StartException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    public StartException(String sentence) {
        super(sentence);
    }
}
