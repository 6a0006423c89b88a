package postern.proxy.relay;

import io.netty.buffer.ByteBuf;
import java.time.Duration;

/**
 * A {@link Farewell} that listens to the client, too. An upstream trusts us more than it would trust
 * our client, so some commands are answered here and never reach it.
 */
public interface Guard extends Farewell {

    /**
     * Takes the next piece of what the client said: one command, or some of a message. Takes nothing
     * when more has to come first.
     *
     * @return what goes upstream of it: these bytes, others in their place, or none
     */
    ByteBuf hear(ByteBuf said);

    /** Takes how long the client is not to be heard from now on; then come {@link #rested}. */
    default Duration rest() {
        return Duration.ZERO;
    }

    default void rested() {}

    /** Takes what we have to say to the client at this moment, since nothing of the upstream's comes before it. */
    String due();

    /** Whether that was the last, and the session is to end. */
    boolean isOver();
}
