package postern.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.proxy.listen.Listener;

/**
 * How everything that was opened is closed: the last first, each once, and one that fails keeps no
 * other from its turn. A start that fails half-way ends the same way.
 */
final class Shutdown implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private static final Duration BETWEEN_GOODBYES = Duration.ofMillis(10);

    private record Part(String name, AutoCloseable part) {}

    private final Deque<Part> opened = new ArrayDeque<>();

    /** Takes a part in charge, and hands it back. */
    synchronized <T extends AutoCloseable> T of(String name, T part) {
        opened.push(new Part(name, part));
        return part;
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            Part last = opened.pop();
            try {
                last.part().close();
            } catch (Exception e) {
                LOG.atError().addKeyValue("part", last.name()).setCause(e).log("did not close");
            }
        }
    }

    /** Half of the grace at most, so that the last one has time to finish, too. */
    private static Duration turns(Listener listener, Duration grace) {
        Duration enough = BETWEEN_GOODBYES.multipliedBy(listener.clients());
        Duration half = grace.dividedBy(2);
        return enough.compareTo(half) < 0 ? enough : half;
    }

    /** Lets nobody in, says goodbye to everybody, waits for them to go, and then shows them out. */
    static void drain(List<Listener> listeners, Duration grace) {
        listeners.forEach(Listener::stopAccepting);
        listeners.forEach(listener -> listener.sayGoodbye(turns(listener, grace)));
        boolean allLeft = CompletableFuture.allOf(
                        listeners.stream().map(Listener::emptied).toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> true)
                .completeOnTimeout(false, grace.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (!allLeft) {
            int clients = listeners.stream().mapToInt(Listener::clients).sum();
            LOG.atWarn().addKeyValue("clients", clients).log("cutting off clients that did not leave in time");
            listeners.forEach(Listener::cut);
        }
    }
}
