package postern.credentials.board;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Protocol;
import postern.credentials.SessionId;
import postern.credentials.StoreUnavailableException;
import postern.credentials.board.Sessions.Listed;
import postern.credentials.board.Sessions.Place;
import postern.credentials.store.Database;
import postern.credentials.store.MovedClock;
import postern.credentials.store.SqlSessionBoard;
import postern.credentials.store.SqliteDatabase;

/** On the real store, which may be away. */
class BoardWriterTest {

    private final Random random = new Random(2026);
    private final Database database;
    private final SqlSessionBoard stored;
    private final MovedClock clock = new MovedClock();
    private final Map<SessionId, Session> line = new ConcurrentHashMap<>();
    private final Reachable board;
    private final Node node = Node.drawn("here", random);
    private final BoardWriter writer;

    BoardWriterTest() throws StoreUnavailableException {
        this.database = SqliteDatabase.inMemory();
        this.stored = new SqlSessionBoard(database);
        this.board = new Reachable(stored);
        this.writer = new BoardWriter(board, node, here(), clock);
        writer.look();
    }

    @AfterEach
    void close() {
        writer.close();
        database.close();
    }

    @Test
    void whatBeganAndWhatEndedSinceTheLastLookIsWritten() throws Exception {
        SessionId first = begin();
        SessionId second = begin();
        writer.look();
        assertThat(listed()).containsExactlyInAnyOrder(first, second);

        end(first);
        SessionId third = begin();
        writer.look();
        assertThat(listed()).containsExactlyInAnyOrder(second, third);
    }

    @Test
    void whatBeginsAndEndsInBetweenIsNeverWritten() throws Exception {
        int before = board.writes;

        for (int i = 0; i < 10_000; i++) {
            end(begin());
        }
        writer.look();

        assertThat(board.writes).isEqualTo(before);
        assertThat(listed()).isEmpty();
    }

    @Test
    void manyAreWrittenInBatches() throws Exception {
        int before = board.writes;

        for (int i = 0; i < 1_200; i++) {
            begin();
        }
        writer.look();

        assertThat(board.writes).isEqualTo(before + 3);
        assertThat(stored.count(SessionFilter.ALL, clock.instant())).isEqualTo(1_200);
    }

    @Test
    void whileTheStoreIsAwaySessionsGoOnAndThenAllOfThemAreWritten() throws Exception {
        SessionId leaves = begin();
        SessionId stays = begin();
        writer.look();

        board.away = true;
        end(leaves);
        writer.look();
        SessionId comes = begin();
        end(begin());
        writer.look();
        assertThat(listed()).containsExactlyInAnyOrder(leaves, stays);

        board.away = false;
        writer.look();
        assertThat(listed()).containsExactlyInAnyOrder(stays, comes);

        end(stays);
        writer.look();
        assertThat(listed()).containsExactly(comes);
    }

    @Test
    void whoWasTakenForBrokenDownWritesAllAnew() throws Exception {
        SessionId one = begin();
        writer.look();

        clock.pass(Board.OLD.plusSeconds(1));
        assertThat(stored.forgetOld(clock.instant())).isOne();
        for (int i = 0; i < 10; i++) {
            writer.look();
        }

        assertThat(listed()).containsExactly(one);
    }

    @Test
    void aNodeThatOnlyWaitsIsThere() throws Exception {
        SessionId one = begin();
        writer.look();

        for (int i = 0; i < 100; i++) {
            clock.pass(Duration.ofSeconds(1));
            writer.look();
        }

        assertThat(listed()).containsExactly(one);
    }

    @Test
    void tooMuchToRememberIsSeenByLookingAtAll() throws Exception {
        SessionId one = begin();
        writer.look();
        for (int i = 0; i <= BoardWriter.MOST_CHANGED; i++) {
            writer.changed(SessionId.draw(random));
        }
        SessionId other = begin();

        writer.look();

        assertThat(listed()).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void whoLeavesTakesItAllAlong() throws Exception {
        begin();
        writer.look();

        writer.close();

        assertThat(listed()).isEmpty();
        assertThat(stored.beat(node, clock.instant())).isFalse();
    }

    private SessionId begin() {
        Session session = new Session(
                SessionId.draw(random),
                ADA,
                SCANNER_ID,
                Protocol.IMAP,
                InetAddress.getLoopbackAddress(),
                Optional.empty(),
                Optional.empty(),
                clock.instant());
        line.put(session.id(), session);
        writer.changed(session.id());
        return session.id();
    }

    private void end(SessionId id) {
        line.remove(id);
        writer.changed(id);
    }

    private Stream<SessionId> listed() throws StoreUnavailableException {
        return stored.page(SessionFilter.ALL, Place.BEFORE_ALL, Sessions.MOST, clock.instant()).stream()
                .map(Listed::session)
                .map(Session::id);
    }

    private OnTheLine here() {
        return new OnTheLine() {

            @Override
            public Collection<SessionId> ids() {
                return List.copyOf(line.keySet());
            }

            @Override
            public Optional<Session> session(SessionId id) {
                return Optional.ofNullable(line.get(id));
            }
        };
    }

    /** The board, unless it is away. */
    private static final class Reachable implements Board {

        private final Board board;
        private boolean away;
        private int writes;

        Reachable(Board board) {
            this.board = board;
        }

        private Board reached() throws StoreUnavailableException {
            if (away) {
                throw new StoreUnavailableException("disk full", new IOException());
            }
            return board;
        }

        @Override
        public void arrive(Node node, Instant now) throws StoreUnavailableException {
            reached().arrive(node, now);
        }

        @Override
        public void beginAnew(Node node, Instant now) throws StoreUnavailableException {
            reached().beginAnew(node, now);
        }

        @Override
        public boolean beat(Node node, Instant now) throws StoreUnavailableException {
            return reached().beat(node, now);
        }

        @Override
        public void write(Node node, Collection<Session> begun, Collection<SessionId> left)
                throws StoreUnavailableException {
            writes++;
            reached().write(node, begun, left);
        }

        @Override
        public void leave(Node node) throws StoreUnavailableException {
            reached().leave(node);
        }

        @Override
        public int forgetOld(Instant now) throws StoreUnavailableException {
            return reached().forgetOld(now);
        }
    }
}
