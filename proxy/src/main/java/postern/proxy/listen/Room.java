package postern.proxy.listen;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import postern.config.ConnectionSettings;

/**
 * So many may be connected at once, logged in or not. When there is one too many, whoever has waited longest without logging
 * in has to go, so that strangers who come and stay keep nobody out. May be asked on every event loop.
 */
public final class Room {

    /** For the store, the log, the libraries, and people at the HTTP doors. */
    private static final int DESCRIPTORS_PUT_ASIDE = 256;

    private static final int DESCRIPTORS_OF_A_SESSION = 2;
    private static final int LEAST = 16;
    private static final int MOST = 1_000_000;

    private final int most;
    private final ConnectionObserver.Refusal whenFull;
    private final SequencedSet<Place> waiting = new LinkedHashSet<>();
    private int loggedIn;

    public Room(int most, ConnectionObserver.Refusal whenFull) {
        this.most = most;
        this.whenFull = whenFull;
    }

    /** The one that all doors of this process share. */
    public static Room forEverybody(ConnectionSettings settings) {
        int most = settings.most() == 0 ? mostByDescriptors() : settings.most();
        return new Room(most, ConnectionObserver.Refusal.SERVER_FULL);
    }

    private static int mostByDescriptors() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return MOST;
        }
        long free = system.getMaxFileDescriptorCount() - DESCRIPTORS_PUT_ASIDE;
        return Math.clamp(free / DESCRIPTORS_OF_A_SESSION, LEAST, MOST);
    }

    ConnectionObserver.Refusal whenFull() {
        return whenFull;
    }

    /** How many are here. */
    synchronized int taken() {
        return waiting.size() + loggedIn;
    }

    /** Who has to go, when somebody has to. It is the last who came when all others are logged in. */
    synchronized Optional<Place> surplus() {
        return taken() > most && !waiting.isEmpty() ? Optional.of(waiting.getFirst()) : Optional.empty();
    }

    synchronized void enter(Place newcomer) {
        waiting.add(newcomer);
    }

    synchronized void settle(Place known) {
        waiting.remove(known);
        loggedIn++;
    }

    synchronized void leave(Place one) {
        if (!waiting.remove(one)) {
            loggedIn--;
        }
    }
}
