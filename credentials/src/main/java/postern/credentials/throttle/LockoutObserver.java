package postern.credentials.throttle;

import postern.credentials.LoginAttempt;

/** Told when the lockout turns against somebody; what each login came to is told to the LoginObserver. */
public interface LockoutObserver {

    /** Once for each hold, while the attempt that was one too many is being weighed. */
    void holdBegan(Hold hold, LoginAttempt last);
}
