package postern.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Opens the way to the mailbox of a client that has been let in. One protocol each. */
public interface UpstreamDoor {

    /**
     * A mailbox, logged in and silent: it reads nothing until it is joined to a client.
     *
     * @param capabilities what the client may use of it from now on, each as its protocol writes it
     * @param trustsUs more than it would trust the client, so that what the client says is looked at
     * @param dispersal among whom this one is when the upstream dies
     * @param manners what it asks of who is in
     */
    record Mailbox(Channel channel, List<String> capabilities, boolean trustsUs, Dispersal dispersal, Manners manners) {

        /** Of an upstream with no other sessions. */
        public Mailbox(Channel channel, List<String> capabilities) {
            this(channel, capabilities, true, new Dispersal(Duration.ZERO, () -> 0), Manners.NONE);
        }
    }

    /**
     * Dials, proves itself, and comes back on this event loop, with a mailbox that lives on it or
     * failed by an {@link UpstreamException}.
     *
     * @param waits whether the client is still there: for one that has left, nothing is tried again
     */
    Future<Mailbox> open(Errand errand, EventLoop loop, BooleanSupplier waits);
}
