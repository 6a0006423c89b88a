package postern.app;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import postern.config.Settings;
import postern.credentials.SessionId;
import postern.credentials.Standing;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEvent;
import postern.credentials.board.BoardWriter;
import postern.credentials.board.Node;
import postern.proxy.listen.EventLoops;
import postern.proxy.observe.AuditedSessions;
import postern.proxy.session.BoardedSessions;
import postern.proxy.session.LiveSessions;
import postern.proxy.session.SessionLimits;
import postern.proxy.session.SessionObserver;

/** The sessions' part of {@link Wiring}: who is on the line here, who hears of it, and what ends it. */
final class SessionWiring {

    /** An app password that expires ends its sessions so late at most. */
    private static final Duration BETWEEN_REVIEWS = Duration.ofSeconds(30);

    private static final InstantSource CLOCK = InstantSource.system();

    private final Settings settings;
    private final Stores stores;
    private final Consumer<AuditEvent> events;
    private final Shutdown shutdown;
    private final SecureRandom random;

    SessionWiring(
            Settings settings, Stores stores, Consumer<AuditEvent> events, Shutdown shutdown, SecureRandom random) {
        this.settings = settings;
        this.stores = stores;
        this.events = events;
        this.shutdown = shutdown;
        this.random = random;
    }

    /** Before the doors are, so that it is closed after them, when everybody has left. */
    LiveSessions open(Standing standing, SessionObserver metrics, EventLoops loops) throws StoreUnavailableException {
        AtomicReference<Consumer<SessionId>> board = new AtomicReference<>(_ -> {}); // each needs the other
        SessionObserver observer = new BoardedSessions(
                new AuditedSessions(metrics, events, CLOCK, random),
                changed -> board.get().accept(changed));
        LiveSessions sessions = new LiveSessions(
                standing,
                new SessionLimits(
                        settings.sessions().mostPerPerson(), settings.sessions().mostPerAddress()),
                observer,
                random,
                Thread::startVirtualThread);
        BoardWriter writer = shutdown.of(
                "session board",
                BoardWriter.open(
                        stores.sessionBoard(),
                        Node.drawn(settings.audit().node(), random),
                        BoardedSessions.of(sessions),
                        CLOCK));
        board.set(writer::changed);
        stores.feed().listen(sessions::heard);
        var _ = loops.group()
                .scheduleWithFixedDelay(
                        sessions::reviewAll,
                        BETWEEN_REVIEWS.toSeconds(),
                        BETWEEN_REVIEWS.toSeconds(),
                        TimeUnit.SECONDS);
        return sessions;
    }
}
