package postern.app;

/** Why a command cannot do what it is for, in one sentence for the operator. */
public final class StartException extends Exception {

    StartException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    StartException(String sentence) {
        super(sentence);
    }
}
