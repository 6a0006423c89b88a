package postern.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.proxy.session.SampleSessions.session;
import static postern.proxy.session.SampleSessions.sessions;
import static postern.proxy.transcript.Wire.bytes;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postern.credentials.AppPasswordId;
import postern.credentials.Change;
import postern.credentials.Change.AccountAdded;
import postern.credentials.Change.AccountChanged;
import postern.credentials.Change.AllRevoked;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.PolicyChanged;
import postern.credentials.Change.Revised;
import postern.credentials.Change.Revoked;
import postern.credentials.Change.SessionsEnded;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.PolicySubject;
import postern.credentials.Protocol;
import postern.credentials.SessionChoice;
import postern.credentials.SessionChoice.AppPasswords;
import postern.credentials.SessionChoice.Everybodys;
import postern.credentials.SessionChoice.One;
import postern.credentials.SessionChoice.Persons;
import postern.credentials.SessionId;
import postern.credentials.Standing;
import postern.credentials.StoreUnavailableException;
import postern.proxy.session.SessionObserver.Refusal;

class LiveSessionsTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final AppPasswordId PHONE_ID = new AppPasswordId("apw_phone00000000001");

    private final Set<AppPasswordId> fallen = new HashSet<>();
    private boolean storeIsAway;
    private final ToldSessions observer = new ToldSessions();
    private final LiveSessions sessions = sessions(this::objection, new SessionLimits(3, 5), observer);
    private final Line scanner = new Line();
    private final Line phone = new Line();

    @Test
    void aRevocationEndsTheSessionsOfThatAppPasswordAlone() {
        Line secondOfTheScanner = new Line();
        enter(SCANNER_ID, scanner);
        enter(SCANNER_ID, secondOfTheScanner);
        enter(PHONE_ID, phone);

        sessions.heard(new Revoked(ADA, SCANNER_ID));

        assertThat(scanner.ends()).containsExactly(SessionEnd.REVOKED);
        assertThat(secondOfTheScanner.ends()).containsExactly(SessionEnd.REVOKED);
        assertThat(phone.ends()).isEmpty();
    }

    @Test
    void aRevocationOfAllEndsAllOfThatPersons() {
        Line bobs = new Line();
        enter(SCANNER_ID, scanner);
        enter(PHONE_ID, phone);
        enter(BOB, new AppPasswordId("apw_bobsphone0000001"), bobs);

        sessions.heard(new AllRevoked(ADA));

        assertThat(scanner.ends()).containsExactly(SessionEnd.REVOKED);
        assertThat(phone.ends()).containsExactly(SessionEnd.REVOKED);
        assertThat(bobs.ends()).isEmpty();
    }

    @Test
    void whatCameJustBeforeTheEntryEndsItToo() {
        fallen.add(SCANNER_ID);

        enter(SCANNER_ID, scanner);
        enter(PHONE_ID, phone);

        assertThat(scanner.ends()).containsExactly(SessionEnd.REVOKED);
        assertThat(phone.ends()).isEmpty();
    }

    /** As long as the account is known here, an entry costs no thread and no look into the store. */
    @Test
    void whatIsKnownOfWhoEntersIsHeededAtOnce() {
        LiveSessions informed =
                new LiveSessions(new Informed(), new SessionLimits(3, 5), observer, new Random(2026), task -> {
                    throw new AssertionError("nobody has to wait, but somebody does: " + task);
                });
        fallen.add(SCANNER_ID);

        informed.enter(session(informed, ADA, SCANNER_ID, scanner.channel));
        informed.enter(session(informed, ADA, PHONE_ID, phone.channel));

        assertThat(scanner.ends()).containsExactly(SessionEnd.REVOKED);
        assertThat(phone.ends()).isEmpty();
    }

    /** C-04, P-08: another scope, a suspension, a disabled account, another policy. */
    @ParameterizedTest
    @MethodSource("changes")
    void whoWouldNotBeLetInNowIsOnTheLineNoLonger(Change change) {
        enter(SCANNER_ID, scanner);
        enter(PHONE_ID, phone);
        fallen.add(SCANNER_ID);

        sessions.heard(change);

        assertThat(scanner.ends()).containsExactly(SessionEnd.REVOKED);
        assertThat(phone.ends()).isEmpty();
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Revised(ADA, SCANNER_ID),
                new AccountChanged(ADA),
                new PolicyChanged(new PolicySubject.Everyone()),
                new Missed());
    }

    @Test
    void whatExpiresEndsWithoutAnyChange() {
        enter(SCANNER_ID, scanner);
        fallen.add(SCANNER_ID);

        sessions.reviewAll();

        assertThat(scanner.ends()).containsExactly(SessionEnd.REVOKED);
    }

    @Test
    void aStoreThatIsAwayEndsNobody() {
        enter(SCANNER_ID, scanner);
        storeIsAway = true;

        sessions.heard(new Missed());

        assertThat(scanner.ends()).isEmpty();
    }

    @Test
    void whatIsNewEndsNothing() {
        enter(SCANNER_ID, scanner);

        sessions.heard(new AccountAdded(ADA));
        sessions.heard(new Issued(ADA, PHONE_ID));

        assertThat(scanner.ends()).isEmpty();
    }

    @Test
    void knowsWhoIsOnTheLine() {
        assertThat(sessions.count(Protocol.IMAP)).isZero();

        enter(SCANNER_ID, scanner);
        enter(PHONE_ID, phone);

        assertThat(sessions.count(Protocol.IMAP)).isEqualTo(2);
        assertThat(sessions.all()).extracting(LiveSession::appPassword).containsExactlyInAnyOrder(SCANNER_ID, PHONE_ID);
    }

    @Test
    void whoHangsUpIsOnTheLineNoLonger() {
        enter(SCANNER_ID, scanner);
        enter(PHONE_ID, phone);

        scanner.channel.close();

        assertThat(sessions.all()).extracting(LiveSession::appPassword).containsExactly(PHONE_ID);
    }

    @Test
    void whoHungUpBeforeTheEntryIsNotOnTheLine() {
        scanner.channel.close();

        enter(SCANNER_ID, scanner);

        assertThat(sessions.all()).isEmpty();
    }

    /** Whoever looks when it is told finds what it is told of. */
    @Test
    void comingsAndGoingsAreToldOfInTheirOrder() {
        enter(SCANNER_ID, scanner);
        enter(PHONE_ID, phone);
        scanner.channel.close();
        Line gone = new Line();
        gone.channel.close();
        enter(SCANNER_ID, gone);

        assertThat(observer.comingsAndGoings)
                .containsExactly(
                        "entered " + SCANNER_ID,
                        "entered " + PHONE_ID,
                        "left " + SCANNER_ID,
                        "entered " + SCANNER_ID,
                        "left " + SCANNER_ID);
    }

    @Test
    void anAdministratorEndsOne() {
        enter(SCANNER_ID, scanner);
        enter(PHONE_ID, phone);
        SessionId id = sessions.all().stream()
                .filter(session -> session.appPassword().equals(PHONE_ID))
                .findAny()
                .orElseThrow()
                .id();

        sessions.heard(new SessionsEnded(new One(sessions.newId())));
        sessions.heard(new SessionsEnded(new One(id)));

        assertThat(phone.ends()).containsExactly(SessionEnd.ASKED);
        assertThat(scanner.ends()).isEmpty();
        assertThat(observer.told).containsExactly(SessionEnd.ASKED);
    }

    @Test
    void aSessionThatTakesItsTimeToEndIsToldOfOnce() {
        enter(SCANNER_ID, scanner);
        fallen.add(SCANNER_ID);

        sessions.reviewAll();
        sessions.reviewAll();
        sessions.heard(new Revoked(ADA, SCANNER_ID));

        assertThat(scanner.ends()).hasSize(3);
        assertThat(observer.told).containsExactly(SessionEnd.REVOKED);
    }

    @Test
    void anAdministratorEndsThoseOfAnAppPassword() {
        enter(SCANNER_ID, scanner);
        enter(PHONE_ID, phone);

        sessions.heard(new SessionsEnded(new AppPasswords(SCANNER_ID)));

        assertThat(scanner.ends()).containsExactly(SessionEnd.ASKED);
        assertThat(phone.ends()).isEmpty();
    }

    /** A client with many sessions opens them all again, and so does a whole office. */
    @ParameterizedTest
    @MethodSource("manys")
    void thoseOfAPersonAndAllAreEndedOneAfterTheOther(SessionChoice which) {
        Line bobs = new Line();
        enter(BOB, new AppPasswordId("apw_bobsphone0000001"), bobs);
        List<Line> lines = List.of(scanner, phone, new Line());
        lines.forEach(line -> line.channel.freezeTime());
        bobs.channel.freezeTime();
        lines.forEach(line -> enter(SCANNER_ID, line));
        int expected = which instanceof Everybodys ? 4 : 3;

        sessions.heard(new SessionsEnded(which));

        List<Line> everybody = Stream.concat(lines.stream(), Stream.of(bobs)).toList();
        for (int ended = 1; ended <= expected; ended++) {
            assertThat(everybody.stream().filter(line -> !line.ends().isEmpty()))
                    .hasSize(ended);
            everybody.forEach(line -> line.channel.advanceTimeBy(10, TimeUnit.MILLISECONDS));
        }
        assertThat(everybody.stream().filter(line -> !line.ends().isEmpty())).hasSize(expected);
    }

    static Stream<SessionChoice> manys() {
        return Stream.of(new Persons(ADA), new Everybodys());
    }

    @Test
    void onePersonMayHaveSoManyAndOneAddressToo() {
        AppPasswordId bobs = new AppPasswordId("apw_bobsphone0000001");
        enter(SCANNER_ID, scanner);
        enter(SCANNER_ID, new Line());
        enter(PHONE_ID, new Line());
        assertThat(sessions.enter(session(sessions, ADA, PHONE_ID, new Line().channel)))
                .isFalse();
        enter(BOB, bobs, new Line());
        enter(BOB, bobs, new Line());
        assertThat(sessions.enter(session(sessions, BOB, bobs, new Line().channel)))
                .isFalse();

        assertThat(observer.told).containsExactly(Refusal.PERSON, Refusal.ADDRESS);
        assertThat(sessions.count(Protocol.IMAP)).isEqualTo(5);
        scanner.channel.close();
        assertThat(sessions.enter(session(sessions, ADA, PHONE_ID, new Line().channel)))
                .isTrue();
    }

    @Test
    void whoFindsNoRoomAtTheAddressTakesNoneOfThePersons() {
        for (String name : List.of("b@x.org", "c@x.org", "d@x.org", "e@x.org", "f@x.org")) {
            enter(new LoginName(name), SCANNER_ID, new Line());
        }
        for (int i = 0; i < 10; i++) {
            assertThat(sessions.enter(session(sessions, ADA, PHONE_ID, new Line().channel)))
                    .isFalse();
        }

        assertThat(observer.told).hasSize(10).containsOnly(Refusal.ADDRESS);
    }

    @Test
    void knowsHowMuchWasSaid() {
        enter(SCANNER_ID, scanner);
        scanner.channel.writeInbound(bytes("a1 NOOP\r\n"));
        scanner.channel.writeOutbound(bytes("a1 OK\r\n"));

        Traffic traffic = sessions.all().iterator().next().traffic();

        assertThat(traffic.bytesIn()).isEqualTo(9);
        assertThat(traffic.bytesOut()).isEqualTo(7);
        scanner.channel.finishAndReleaseAll();
    }

    private void enter(AppPasswordId id, Line line) {
        enter(ADA, id, line);
    }

    private void enter(LoginName name, AppPasswordId id, Line line) {
        assertThat(sessions.enter(session(sessions, name, id, line.channel))).isTrue();
    }

    private Optional<Reason> objection(LoginName owner, AppPasswordId used, Protocol protocol, InetAddress client)
            throws StoreUnavailableException {
        if (storeIsAway) {
            throw new StoreUnavailableException("disk full", new IOException());
        }
        return fallen.contains(used) ? Optional.of(Reason.SUSPENDED) : Optional.empty();
    }

    /** To whom everybody's account is known. */
    private final class Informed implements Standing {

        @Override
        public Optional<Reason> objection(LoginName owner, AppPasswordId used, Protocol protocol, InetAddress client) {
            throw new AssertionError("asks the store");
        }

        @Override
        public Optional<Known> known(LoginName owner, AppPasswordId used, Protocol protocol, InetAddress client) {
            return Optional.of(new Known(fallen.contains(used) ? Optional.of(Reason.SUSPENDED) : Optional.empty()));
        }
    }

    /** A connection that hears how it is asked to end. */
    private static final class Line extends ChannelInboundHandlerAdapter {

        private final List<Object> heard = new ArrayList<>();
        private final EmbeddedChannel channel = new EmbeddedChannel(this);

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            heard.add(event);
        }

        List<Object> ends() {
            channel.runPendingTasks();
            channel.runScheduledPendingTasks();
            return heard;
        }
    }
}
