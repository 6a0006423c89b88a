package postern.proxy.listen;

import java.util.function.IntSupplier;
import postern.credentials.Protocol;

/** Told of connections, logged in or not. */
public interface ConnectionObserver {

    enum Refusal {
        /** There are as many connections at all doors together as there may be. */
        SERVER_FULL,
        /** The door has as many connections as it may. */
        FULL,
        /** This source has as many as it may. */
        SOURCE_FULL,
        /** A load balancer did not say for whom it speaks, or in no way that we understand. */
        PROXY_HEADER,
        /** Speaks what is not spoken at this door. */
        ANOTHER_PROTOCOL,
        /** It is our own: a way upstream led back here. */
        LOOP
    }

    /** A door opened; {@code connections} tells how many stand at it, whenever it is asked. */
    void opened(String listener, IntSupplier connections);

    /** Clients wait at a door that cannot be let in; told again for each attempt. */
    void acceptFailed(String listener);

    /** A connection was closed before a command was heard. */
    void refused(Refusal why);

    /** One that was not logged in had to make room for another; {@code why} is what was full. */
    void displaced(Refusal why);

    /** A client went beyond a bound before it was logged in; told once of each, whatever else it does. */
    void rejected(Protocol protocol, Rejection why);
}
