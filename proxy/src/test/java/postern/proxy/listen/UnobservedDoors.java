package postern.proxy.listen;

import java.util.function.IntSupplier;
import postern.credentials.Protocol;

/** For doors whose numbers nobody reads; a test that reads some of them overrides that. */
public class UnobservedDoors implements ConnectionObserver {

    @Override
    public void opened(String listener, IntSupplier connections) {}

    @Override
    public void acceptFailed(String listener) {}

    @Override
    public void refused(Refusal why) {}

    @Override
    public void displaced(Refusal why) {}

    @Override
    public void rejected(Protocol protocol, Rejection why) {}
}
