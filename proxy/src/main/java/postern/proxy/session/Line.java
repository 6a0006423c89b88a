package postern.proxy.session;

import java.time.Duration;

/** What a session hangs on: one connection, or all those of a device. */
public interface Line {

    /** Asks for a goodbye at the next place where the protocol allows one. */
    void end(SessionEnd why);

    void endIn(Duration delay, SessionEnd why);

    /** Runs once nothing is left of it; at once, if that is so already. */
    void whenGone(Runnable then);

    /** Whether nobody has been told yet that we end it; from now on, somebody has. */
    boolean isNews();
}
