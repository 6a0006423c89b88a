package postern.proxy.token;

import java.time.Duration;

/** Told of every request to a provider exactly once. */
public interface TokenObserver {

    /** By what we ask. */
    enum Kind {
        REFRESH,
        CLIENT_CREDENTIALS,
        SERVICE_ACCOUNT
    }

    /** What came of it. */
    enum Outcome {
        GIVEN,
        REFUSED,
        LATER,
        MISCONFIGURED
    }

    void requested(Kind kind, Outcome outcome, Duration took);
}
