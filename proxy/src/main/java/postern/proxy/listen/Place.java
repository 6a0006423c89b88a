package postern.proxy.listen;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What one client takes of each {@link Room} that it is in, until it leaves.
 *
 * <pre>
 *   WAITING ──→ KEPT ──→ GONE
 *      ╰── for another ───↑
 * </pre>
 */
public final class Place {

    private enum State {
        WAITING,
        KEPT,
        GONE
    }

    private static final AttributeKey<Place> KEY = AttributeKey.valueOf(Place.class, "place");

    private final Channel client;
    private final List<Room> rooms = new ArrayList<>(3);
    private State state = State.WAITING;

    private Place(Channel client) {
        this.client = client;
    }

    /** The one of this client, which has it until it is closed. */
    static Place of(Channel client) {
        Place known = client.attr(KEY).get();
        if (known != null) {
            return known;
        }
        Place fresh = new Place(client);
        client.attr(KEY).set(fresh);
        client.closeFuture().addListener(_ -> fresh.leave());
        return fresh;
    }

    /** This client has logged in: nobody else gets its place. */
    public static void keep(Channel client) {
        Place place = client.attr(KEY).get();
        if (place != null) {
            place.keep();
        }
    }

    Channel client() {
        return client;
    }

    synchronized void enter(Room room) {
        if (state == State.WAITING) {
            rooms.add(room);
            room.enter(this);
        }
    }

    private synchronized void keep() {
        if (state == State.WAITING) {
            state = State.KEPT;
            rooms.forEach(room -> room.settle(this));
        }
    }

    /** Leaves all rooms for somebody else; false when it has just logged in, or left. */
    synchronized boolean makesRoom() {
        boolean waited = state == State.WAITING;
        if (waited) {
            leave();
        }
        return waited;
    }

    synchronized boolean isGone() {
        return state == State.GONE;
    }

    private synchronized void leave() {
        if (state != State.GONE) {
            state = State.GONE;
            rooms.forEach(room -> room.leave(this));
        }
    }
}
