package postern.credentials.board;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.SessionId;
import postern.credentials.StoreUnavailableException;

/**
 * Keeps this node's part of the {@link Board}, on a thread of its own and in batches: once a second, what is
 * otherwise than when it looked last. It is told which session to look at, and never what happened to it: so
 * nothing is out of order, a session that begins and ends in between leaves nothing, and after a store that was
 * away, or that has taken this node for broken down, it looks at all of them.
 */
public final class BoardWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BoardWriter.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int LOOKS_FOR_A_BEAT = 10;
    private static final int BATCH = 500;

    /** That may wait for a look; beyond, it is cheaper to look at all that are there. */
    static final int MOST_CHANGED = 100_000;

    private final Board board;
    private final Node node;
    private final OnTheLine here;
    private final InstantSource clock;
    private final Set<SessionId> changed = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("session board").factory());

    // Of the thread that looks, alone.
    private final Set<SessionId> written = new HashSet<>();
    private int looks;
    private boolean away;

    private volatile boolean lookAtAll = true;

    BoardWriter(Board board, Node node, OnTheLine here, InstantSource clock) {
        this.board = board;
        this.node = node;
        this.here = here;
        this.clock = clock;
    }

    /** One that goes by itself, and has said that it is there. */
    public static BoardWriter open(Board board, Node node, OnTheLine here, InstantSource clock)
            throws StoreUnavailableException {
        board.arrive(node, clock.instant());
        BoardWriter writer = new BoardWriter(board, node, here, clock);
        long pause = BETWEEN_LOOKS.toMillis();
        var _ = writer.writer.scheduleWithFixedDelay(writer::look, pause, pause, TimeUnit.MILLISECONDS);
        return writer;
    }

    /** This session is on the line since now, or is no longer. Never waits. */
    public void changed(SessionId session) {
        if (lookAtAll) {
            return; // it will be seen; and while the store is away, nothing piles up
        }
        if (changed.size() < MOST_CHANGED) {
            changed.add(session);
        } else {
            lookAtAll = true;
        }
    }

    void look() {
        try {
            boolean beats = looks++ % LOOKS_FOR_A_BEAT == 0;
            if (lookAtAll || (beats && !board.beat(node, clock.instant()))) {
                beginAnew();
            }
            writeChanged();
            away = false;
        } catch (StoreUnavailableException | RuntimeException e) {
            lookAtAll = true;
            if (!away) {
                away = true;
                LOG.atWarn()
                        .addKeyValue("part", "session board")
                        .addKeyValue("cause", e.getMessage())
                        .log("cannot be written, trying on");
            }
        }
    }

    /** In this order: what changes meanwhile is among those that are there, or is told of, or both. */
    private void beginAnew() throws StoreUnavailableException {
        lookAtAll = false;
        changed.clear();
        written.clear();
        board.beginAnew(node, clock.instant());
        changed.addAll(here.ids());
    }

    private void writeChanged() throws StoreUnavailableException {
        List<SessionId> due = List.copyOf(changed);
        for (int from = 0; from < due.size(); from += BATCH) {
            write(due.subList(from, Math.min(from + BATCH, due.size())));
        }
    }

    private void write(List<SessionId> some) throws StoreUnavailableException {
        List<Session> begun = new ArrayList<>();
        List<SessionId> left = new ArrayList<>();
        for (SessionId id : some) {
            changed.remove(id); // before the look: what changes after it is told of again
            Optional<Session> there = here.session(id);
            if (there.isPresent() && written.add(id)) {
                begun.add(there.get());
            } else if (there.isEmpty() && written.remove(id)) {
                left.add(id);
            }
        }
        if (!begun.isEmpty() || !left.isEmpty()) {
            board.write(node, begun, left);
        }
    }

    /** Once all are gone: a store that is away then finds out by itself. */
    @Override
    public void close() {
        writer.close();
        try {
            board.leave(node);
        } catch (StoreUnavailableException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("the session board is not told of the end");
        }
    }
}
