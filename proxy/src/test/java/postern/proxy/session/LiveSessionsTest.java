package postern.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER_ID;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import postern.credentials.AppPasswordId;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.PersonAdded;
import postern.credentials.Change.Revoked;
import postern.credentials.Protocol;

class LiveSessionsTest {

    private static final AppPasswordId PHONE_ID = new AppPasswordId("apw_phone00000000001");

    private final LiveSessions sessions = new LiveSessions();
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
    void aRevocationThatCameJustBeforeTheEntryEndsItToo() {
        sessions.heard(new Revoked(ADA, SCANNER_ID));

        enter(SCANNER_ID, scanner);
        enter(PHONE_ID, phone);

        assertThat(scanner.ends()).containsExactly(SessionEnd.REVOKED);
        assertThat(phone.ends()).isEmpty();
    }

    @Test
    void whatIsNewEndsNothing() {
        enter(SCANNER_ID, scanner);

        sessions.heard(new PersonAdded(ADA));
        sessions.heard(new Issued(ADA, PHONE_ID));

        assertThat(scanner.ends()).isEmpty();
    }

    @Test
    void whenNobodyCanTellWhatWasRevokedAllLogInAgain() {
        enter(SCANNER_ID, scanner);
        enter(PHONE_ID, phone);

        sessions.heard(new Missed());

        assertThat(scanner.ends()).containsExactly(SessionEnd.UNCERTAIN);
        assertThat(phone.ends()).containsExactly(SessionEnd.UNCERTAIN);
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

    private void enter(AppPasswordId id, Line line) {
        sessions.enter(new LiveSession(Protocol.IMAP, ADA, id, InetAddress.getLoopbackAddress(), MONDAY, line.channel));
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
            return heard;
        }
    }
}
