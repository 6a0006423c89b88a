package postern.web;

import com.linecorp.armeria.common.RequestHeaders;
import java.net.InetAddress;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.Caller;

/** Who asks, and whether they may ask at all. Blocks, as the store does. */
@FunctionalInterface
public interface Gate {

    /**
     * Lets them in.
     *
     * @throws Refusal with 401 for who cannot prove who they are: the same, whyever
     */
    Caller pass(RequestHeaders headers, InetAddress from) throws StoreUnavailableException;
}
