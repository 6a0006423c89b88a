package postern.proxy.upstream;

import java.time.Duration;
import postern.credentials.Protocol;

/** Told of every upstream login exactly once. */
public interface UpstreamObserver {

    void opened(Protocol protocol, Duration took);

    void failed(Protocol protocol, UpstreamFailure failure, Duration took);
}
