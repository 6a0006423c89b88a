package postern.proxy.listen;

import java.net.InetSocketAddress;

/** Where clients come in, until it is shut. */
public interface Entrance {

    InetSocketAddress address();

    boolean isOpen();

    /** Nobody comes in any more; who is in stays. */
    void shut();
}
