package postern.proxy.session;

import io.netty.channel.Channel;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;

/**
 * How much of a client is read at once, and how much of what it does not read is kept for it: little until it is logged in, since
 * strangers come by the thousand and say half a command each. Grows when a read fills it, and shrinks when one leaves
 * most of it empty. Netty asks for a handle once and keeps it, so it is the handle that changes its mind.
 */
public final class Allowance extends DefaultMaxMessagesRecvByteBufAllocator {

    private static final int LEAST = 2_048;
    private static final int OF_A_STRANGER = 4_096;
    private static final int OF_A_SESSION = 65_536;
    private static final int READS_AT_ONCE = 16;
    private static final WriteBufferWaterMark KEPT_FOR_A_STRANGER = new WriteBufferWaterMark(4_096, 8_192);

    private int most = OF_A_STRANGER;

    private Allowance() {
        super(READS_AT_ONCE);
    }

    /** For a client that has just come. */
    public static void ofStranger(Channel client) {
        client.config().setRecvByteBufAllocator(new Allowance()).setWriteBufferWaterMark(KEPT_FOR_A_STRANGER);
    }

    /** For one that is logged in. Call it on the event loop. */
    public static void ofSession(Channel client) {
        if (client.config().getRecvByteBufAllocator() instanceof Allowance allowance) {
            allowance.most = OF_A_SESSION;
            client.config().setWriteBufferWaterMark(WriteBufferWaterMark.DEFAULT);
        }
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Guess();
    }

    private final class Guess extends MaxMessageHandle {

        private int next = LEAST;

        @Override
        public int guess() {
            return next;
        }

        @Override
        public void lastBytesRead(int bytes) {
            if (bytes > 0 && bytes == attemptedBytesRead()) {
                next = Math.min(next * 2, most);
            }
            super.lastBytesRead(bytes);
        }

        @Override
        public void readComplete() {
            if (totalBytesRead() < next / 4) {
                next = Math.max(next / 2, LEAST);
            }
        }
    }
}
