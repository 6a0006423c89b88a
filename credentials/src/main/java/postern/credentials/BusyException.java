package postern.credentials;

/**
 * Too much to do now; who asks again later may be served. Says nothing about the secret. Stackless:
 * a crowd can make us throw it as often as it likes.
 */
public final class BusyException extends RuntimeException {

    public BusyException(String why) {
        super(why, null, false, false);
    }
}
