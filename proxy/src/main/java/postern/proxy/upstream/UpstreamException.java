package postern.proxy.upstream;

/**
 * For the operator: who failed, doing what, what was seen, what to look at. Never for the client,
 * which hears of {@link #failure} alone. Without a stack: a mail server that is down is no bug of ours.
 */
public final class UpstreamException extends Exception {

    private final UpstreamFailure failure;
    private final String seen;
    private final String lookAt;

    public UpstreamException(UpstreamFailure failure, String upstream, String doing, String seen, String lookAt) {
        super(upstream + ": " + doing + ": " + seen + " (look at: " + lookAt + ")", null, false, false);
        this.failure = failure;
        this.seen = seen;
        this.lookAt = lookAt;
    }

    public UpstreamFailure failure() {
        return failure;
    }

    public String seen() {
        return seen;
    }

    public String lookAt() {
        return lookAt;
    }
}
