package postern.proxy.http;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import postern.proxy.session.Line;
import postern.proxy.session.SessionEnd;

/** The connections of one device, of which it opens and leaves one after the other. It is gone when the last one is. */
final class DeviceLine implements Line {

    private final Set<Channel> connections = new HashSet<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final AtomicBoolean told = new AtomicBoolean();

    /** False when it is gone, and another has to take its place. */
    synchronized boolean join(Channel connection) {
        if (gone.isDone()) {
            return false;
        }
        if (connections.add(connection)) {
            connection.closeFuture().addListener(_ -> leave(connection));
        }
        return true;
    }

    private void leave(Channel connection) {
        boolean last;
        synchronized (this) {
            last = connections.remove(connection) && connections.isEmpty();
        }
        if (last) {
            gone.complete(null);
        }
    }

    private synchronized List<Channel> connections() {
        return List.copyOf(connections);
    }

    @Override
    public void end(SessionEnd why) {
        connections()
                .forEach(connection -> connection
                        .eventLoop()
                        .execute(() -> HttpConnection.of(connection).ifPresent(there -> there.end(this, why))));
        gone.complete(null);
    }

    @Override
    public void endIn(Duration delay, SessionEnd why) {
        connections().stream()
                .findAny()
                .ifPresent(one -> one.eventLoop().schedule(() -> end(why), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void whenGone(Runnable then) {
        gone.thenRun(then);
    }

    @Override
    public boolean isNews() {
        return told.compareAndSet(false, true);
    }
}
