package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.SessionId;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.board.Board;
import postern.credentials.board.Node;
import postern.credentials.board.Session;
import postern.credentials.board.SessionFilter;
import postern.credentials.board.Sessions;
import postern.credentials.board.Sessions.Listed;
import postern.credentials.board.Sessions.Place;

/** Who is on the line, as all nodes have written it. */
@ParameterizedClass
@EnumSource
class SqlSessionBoardTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final AppPasswordId PHONE_ID = new AppPasswordId("apw_phone00000000001");
    private static final Node ONE = new Node("nod_1", "one");
    private static final Node OTHER = new Node("nod_2", "other");

    private static final Session SCANNER = session(1, ADA, SCANNER_ID, Protocol.SMTP, "192.0.2.7");
    private static final Session PHONE = session(2, ADA, PHONE_ID, Protocol.ACTIVESYNC, "2001:db8::1");
    private static final Session BOBS = session(3, BOB, PHONE_ID, Protocol.IMAP, "192.0.2.130");

    private final SampleStore store;
    private final SqlSessionBoard board;

    SqlSessionBoardTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.board = new SqlSessionBoard(store.database());
    }

    @BeforeEach
    void twoNodesAreThere() throws Exception {
        board.arrive(ONE, MONDAY);
        board.arrive(OTHER, MONDAY);
        board.write(ONE, List.of(SCANNER, BOBS), List.of());
        board.write(OTHER, List.of(PHONE), List.of());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void allOfAllNodesAreListedByName() throws Exception {
        assertThat(board.page(SessionFilter.ALL, Place.BEFORE_ALL, 10, MONDAY))
                .containsExactly(new Listed(SCANNER, "one"), new Listed(PHONE, "other"), new Listed(BOBS, "one"));
    }

    @Test
    void pageByPageNoneIsMissedAndNoneComesTwice() throws Exception {
        List<Session> seen = new ArrayList<>();
        List<Listed> page = board.page(SessionFilter.ALL, Place.BEFORE_ALL, 1, MONDAY);
        while (!page.isEmpty()) {
            page.forEach(one -> seen.add(one.session()));
            page = board.page(SessionFilter.ALL, page.getLast().place(), 1, MONDAY);
        }

        assertThat(seen).containsExactly(SCANNER, PHONE, BOBS);
    }

    @Test
    void aPageIsNeverLongerThanTheMost() throws Exception {
        List<Session> many = new ArrayList<>();
        for (int i = 0; i < Sessions.MOST; i++) {
            many.add(session(100 + i, BOB, PHONE_ID, Protocol.IMAP, "192.0.2.1"));
        }
        board.write(ONE, many, List.of());

        assertThat(board.page(SessionFilter.ALL, Place.BEFORE_ALL, Integer.MAX_VALUE, MONDAY))
                .hasSize(Sessions.MOST);
    }

    @Test
    void whatIsAskedForIsAllThatIsListedAndCounted() throws Exception {
        expect(SessionFilter.ALL.withName(ADA), SCANNER, PHONE);
        expect(SessionFilter.ALL.withAppPassword(PHONE_ID), PHONE, BOBS);
        expect(SessionFilter.ALL.withProtocol(Protocol.IMAP), BOBS);
        expect(SessionFilter.ALL.withId(PHONE.id()), PHONE);
        expect(SessionFilter.ALL.withName(ADA).withProtocol(Protocol.IMAP));
        expect(SessionFilter.ALL, SCANNER, PHONE, BOBS);
    }

    @Test
    void aNetworkIsAllAddressesInIt() throws Exception {
        expect(network("192.0.2.0/24"), SCANNER, BOBS);
        expect(network("192.0.2.0/25"), SCANNER);
        expect(network("192.0.2.130"), BOBS);
        expect(network("2001:db8::/33"), PHONE);
        expect(network("2001:db8:8000::/33"));
        expect(network("0.0.0.0/0"), SCANNER, BOBS);
        expect(network("::/0"), SCANNER, PHONE, BOBS);
    }

    @Test
    void whatEndedIsGone() throws Exception {
        board.write(ONE, List.of(), List.of(SCANNER.id()));

        expect(SessionFilter.ALL, PHONE, BOBS);
    }

    @Test
    void aNodeThatWasNotHeardOfForLongDoesNotCountAndIsForgotten() throws Exception {
        Instant later = MONDAY.plus(Board.OLD).plusSeconds(1);
        assertThat(board.beat(ONE, later)).isTrue();

        assertThat(board.count(SessionFilter.ALL, later)).isEqualTo(2);
        assertThat(board.forgetOld(later)).isOne();
        assertThat(board.beat(OTHER, later)).isFalse();

        board.beginAnew(OTHER, later);
        board.write(OTHER, List.of(PHONE), List.of());
        assertThat(board.count(SessionFilter.ALL, later)).isEqualTo(3);
    }

    @Test
    void whoArrivesTakesAwayWhatAnEarlierRunOfThatNameLeft() throws Exception {
        board.arrive(new Node("nod_3", "one"), MONDAY);

        expect(SessionFilter.ALL, PHONE);
        assertThat(board.beat(ONE, MONDAY)).isFalse();
    }

    @Test
    void whoLeavesTakesItsOwnAlong() throws Exception {
        board.leave(ONE);

        expect(SessionFilter.ALL, PHONE);
    }

    @Test
    void theyGoWithTheAccount() throws Exception {
        store.accounts().add(Account.person(ADA, MONDAY), ROOT);

        assertThat(store.accounts().erase(ADA, ROOT)).isTrue();

        expect(SessionFilter.ALL, BOBS);
    }

    private void expect(SessionFilter filter, Session... sessions) throws StoreUnavailableException {
        assertThat(board.page(filter, Place.BEFORE_ALL, 10, MONDAY).stream().map(Listed::session))
                .containsExactly(sessions);
        assertThat(board.count(filter, MONDAY)).isEqualTo(sessions.length);
    }

    private static SessionFilter network(String text) {
        return SessionFilter.ALL.withNetwork(SourceNetwork.parse(text));
    }

    private static Session session(int number, LoginName name, AppPasswordId used, Protocol protocol, String client) {
        return new Session(
                new SessionId("ses_%016d".formatted(number)),
                name,
                used,
                protocol,
                InetAddress.ofLiteral(client),
                number == 2 ? Optional.of("iPhone") : Optional.empty(),
                number == 1 ? Optional.empty() : Optional.of("TLSv1.3"),
                MONDAY.plusSeconds(number));
    }
}
