package postern.app.doctor;

import java.util.Locale;

/** What one step came to. */
record Finding(Step step, Verdict verdict) {

    /** In the order in which they are taken: each stands on those before it. */
    enum Step {
        ACCOUNT,
        ROUTE,
        LISTENER,
        FILES,
        NAME,
        CONNECTION,
        TLS,
        GREETING,
        CAPABILITIES,
        TOKEN,
        PASSWORD,
        LOGIN,
        MAILBOX;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it is. */
    sealed interface Verdict {}

    /** As it should be. */
    record Ok(String seen) implements Verdict {}

    /** It works, and somebody should do something all the same. */
    record Warning(String cause, String cure) implements Verdict {}

    /** A client would be told that it does not work. */
    record Failed(String cause, String cure) implements Verdict {}

    /** It was not looked at. */
    record Skipped(String why) implements Verdict {}

    static Finding ok(Step step, String seen) {
        return new Finding(step, new Ok(seen));
    }

    static Finding skipped(Step step, String why) {
        return new Finding(step, new Skipped(why));
    }

    boolean isFailed() {
        return verdict instanceof Failed;
    }
}
