package postern.app.admin;

/** What a script hears. */
final class ExitCode {

    static final int DONE = 0;
    /** The API said why. */
    static final int REFUSED = 1;
    /** Nothing was asked. */
    static final int WRONG = 2;
    /** No answer, or not let in: whoever asks again later may have more luck. */
    static final int NOT_REACHED = 3;

    private ExitCode() {}
}
