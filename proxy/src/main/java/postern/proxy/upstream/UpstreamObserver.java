package postern.proxy.upstream;

import java.time.Duration;
import postern.credentials.Protocol;

/** Told of every upstream login exactly once, by {@link #opened} or {@link #failed}. */
public interface UpstreamObserver {

    void opened(Protocol protocol, Duration took);

    void failed(Protocol protocol, UpstreamFailure failure, Duration took);

    /** There is an upstream by this protocol; {@code hosts} tells how it is, whenever it is asked. */
    void known(Protocol protocol, String upstream, Hosts hosts);

    /** A login begins again, since a host of the upstream did not answer. */
    void retried(Protocol protocol, String upstream);
}
