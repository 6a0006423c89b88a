package postern.proxy.conversation;

import io.netty.handler.codec.TooLongFrameException;
import postern.proxy.listen.Rejection;

/** A client says more than we keep. Without a stack: strangers can make us throw it as often as they like. */
public final class BeyondBoundException extends TooLongFrameException {

    private static final long serialVersionUID = 1;

    private final Rejection why;

    public BeyondBoundException(Rejection why) {
        super(why.toString());
        this.why = why;
    }

    public Rejection why() {
        return why;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
