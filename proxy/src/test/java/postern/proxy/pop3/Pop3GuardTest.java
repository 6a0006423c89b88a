package postern.proxy.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.proxy.conversation.GuardedRelay;
import postern.proxy.session.SessionEnd;

/** What is said after the login, and how it ends: the relay and what it knows of POP3. */
class Pop3GuardTest {

    private static final String REVOKED = "-ERR This app password was revoked. Closing.\r\n";
    private static final String CAPABILITIES = "+OK I can do this.\r\nTOP\r\nUIDL\r\n.\r\n";
    private static final String IN_ALREADY = "-ERR You are logged in already.\r\n";

    private final GuardedRelay relay = new GuardedRelay(new Pop3Guard(List.of("TOP", "UIDL")));

    @AfterEach
    void leave() {
        relay.close();
    }

    /** Trap 22 */
    @Test
    void aSecondLoginIsAnsweredWhereItsTurnIs() {
        relay.clientSays("RETR 1\r\nUSER eve@example.org\r\nAUTH PLAIN AGV2ZQBldmU=\r\nSTAT\r\n");

        assertThat(relay.upstreamHears()).isEqualTo("RETR 1\r\nSTAT\r\n");
        assertThat(relay.clientHears()).isEmpty();
        relay.upstreamSays("+OK\r\nHello.\r\n.\r\n+OK 1 8\r\n");
        assertThat(relay.clientHears()).isEqualTo("+OK\r\nHello.\r\n.\r\n" + IN_ALREADY + IN_ALREADY + "+OK 1 8\r\n");
    }

    @Test
    void withNothingUnderWayItIsAnsweredAtOnce() {
        relay.clientSays("PASS x\r\n");

        assertThat(relay.clientHears()).isEqualTo(IN_ALREADY);
        assertThat(relay.upstreamHears()).isEmpty();
    }

    /** Trap 15: a message that looks like answers and commands is a message. */
    @Test
    void aMessageIsNeverTakenForAnAnswer() {
        relay.clientSays("TOP 1 99\r\nCAPA\r\n");

        for (String line : List.of("+OK\r\n", "-ERR no\r\n", "+OK\r\n", "..\r\n", ".x\r\n", ".\n", ".\r\n")) {
            relay.upstreamSays(line);
            assertThat(relay.clientHears()).isEqualTo(line);
        }
        relay.upstreamSays(".\r\n");

        assertThat(relay.clientHears()).isEqualTo(".\r\n" + CAPABILITIES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void howeverItsPacketsComeApart(int size) {
        relay.clientSays("LIST\r\nstls\r\nLIST 1\r\nUIDL 1\r\nCAPA\r\n");
        String said = "+OK\r\n1 8\r\n.\r\n+OK 1 8\r\n-ERR none\r\n";
        StringBuilder heard = new StringBuilder();

        for (int at = 0; at < said.length(); at += size) {
            relay.upstreamSays(said.substring(at, Math.min(at + size, said.length())));
            heard.append(relay.clientHears());
        }

        assertThat(heard.toString())
                .startsWith("+OK\r\n1 8\r\n.\r\n-ERR TLS is on already.\r\n+OK 1 8\r\n-ERR none\r\n")
                .endsWith("none\r\n" + CAPABILITIES);
    }

    @Test
    void anErrorIsNoListing() {
        relay.clientSays("RETR 9\r\nAPOP x y\r\n");

        relay.upstreamSays("-ERR no such message\r\n");

        assertThat(relay.clientHears()).isEqualTo("-ERR no such message\r\n" + IN_ALREADY);
    }

    @Test
    void aMailboxThatKnowsNoCapaIsAskedAllTheSame() {
        try (GuardedRelay old = new GuardedRelay(new Pop3Guard(List.of()))) {
            old.clientSays("CAPA\r\n");

            assertThat(old.upstreamHears()).isEqualTo("CAPA\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" USER eve\r\n", "USER\teve\r\n", "NOOP\rUSER eve\r\n", "NO\0OP\r\n", "\r\n"})
    void whatAnotherServerMightReadDifferentlyIsReadByNobody(String line) {
        relay.clientSays(line);

        assertThat(relay.clientHears()).isEqualTo("-ERR I cannot read that.\r\n");
        assertThat(relay.upstreamHears()).isEmpty();
    }

    @Test
    void aLineThatNeverEndsIsNotKept() {
        for (int i = 0; i < 1_000; i++) {
            relay.clientSays("x".repeat(500));
        }
        relay.clientSays("\r\nNOOP\r\n");

        assertThat(relay.clientHears()).isEqualTo("-ERR I cannot read that.\r\n");
        assertThat(relay.upstreamHears()).isEqualTo("NOOP\r\n");
    }

    @Test
    void whoAsksWithoutListeningIsNotListenedToEither() {
        relay.clientSays("NOOP\r\n".repeat(1_500));
        assertThat(relay.upstreamHears()).hasSize(1_000 * "NOOP\r\n".length());
        assertThat(relay.isClientRead()).isFalse();

        relay.upstreamSays("+OK\r\n".repeat(1_000));

        assertThat(relay.upstreamHears()).hasSize(500 * "NOOP\r\n".length());
        assertThat(relay.isClientRead()).isTrue();
    }

    /** Trap 51 */
    @Test
    void aGoodbyeComesAtOnceWhenNothingIsUnderWay() {
        relay.end(SessionEnd.REVOKED);

        assertThat(relay.clientHears()).isEqualTo(REVOKED);
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void aGoodbyeWaitsForTheEndOfAListing() {
        relay.clientSays("RETR 1\r\nRETR 2\r\n");
        relay.upstreamSays("+OK\r\nHel");
        relay.end(SessionEnd.REVOKED);
        assertThat(relay.clientHears()).isEqualTo("+OK\r\nHel");
        relay.upstreamSays("lo.\r\n..\r\n");
        assertThat(relay.isOpen()).isTrue();

        relay.upstreamSays(".\r\n+OK\r\nAnother");

        assertThat(relay.clientHears()).isEqualTo("lo.\r\n..\r\n.\r\n" + REVOKED);
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void aGoodbyeIsLeftOutWhenTheMailboxFallsSilentHalfWay() {
        relay.clientSays("RETR 1\r\n");
        relay.upstreamSays("+OK\r\nHel");
        relay.end(SessionEnd.REVOKED);

        relay.pass(3_000);

        assertThat(relay.isOpen()).isFalse();
        assertThat(relay.clientHears()).isEqualTo("+OK\r\nHel");
    }

    @Test
    void nobodyHearsWhatTheClientSaysAfterItsEnd() {
        relay.clientSays("RETR 1\r\n");
        relay.upstreamSays("+OK\r\nHel");
        relay.upstreamHears();
        relay.end(SessionEnd.REVOKED);

        relay.clientSays("DELE 1\r\nUSER eve\r\n");

        assertThat(relay.upstreamHears()).isEmpty();
    }

    /** Trap 51 */
    @ParameterizedTest
    @ValueSource(strings = {"", "STAT\r\n", "RETR 1\r\nSTAT\r\n"})
    void anUpstreamThatHangsUpInSilenceIsSpokenFor(String awaited) {
        relay.clientSays(awaited);
        relay.upstreamLeaves();

        assertThat(relay.clientHears()).isEqualTo("-ERR The mail server hung up. Closing.\r\n");
        assertThat(relay.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+O", "+OK\r\n", "+OK\r\nHel", "+OK\r\nHello.\r\n", "+OK\r\nHello.\r\n."})
    void butNotInTheMiddleOfAMessage(String some) {
        relay.clientSays("RETR 1\r\n");
        relay.upstreamSays(some);
        relay.upstreamLeaves();

        assertThat(relay.clientHears()).isEqualTo(some);
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void norBehindItsOwnGoodbye() {
        relay.clientSays("QUIT\r\n");
        relay.upstreamSays("+OK Bye.\r\n");
        relay.upstreamLeaves();

        assertThat(relay.clientHears()).isEqualTo("+OK Bye.\r\n");
    }

    @Test
    void norWhenItSaysUnaskedThatItIsGoing() {
        relay.upstreamSays("-ERR [SYS/TEMP] Going down.\r\n");
        relay.upstreamLeaves();

        assertThat(relay.clientHears()).isEqualTo("-ERR [SYS/TEMP] Going down.\r\n");
    }

    @Test
    void whoFallsSilentHearsWhatItAskedForAndThenTheSessionEnds() {
        relay.clientSays("RETR 1\r\nUSER eve\r\nQUIT\r\n");
        relay.clientFallsSilent();
        assertThat(relay.isOpen()).isTrue();
        relay.upstreamSays("+OK\r\nHello.\r\n.\r\n");
        assertThat(relay.isOpen()).isTrue();
        relay.upstreamSays("+OK Bye.\r\n");

        assertThat(relay.clientHears()).isEqualTo("+OK\r\nHello.\r\n.\r\n" + IN_ALREADY + "+OK Bye.\r\n");
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void whoFallsSilentAndWaitsForNothingHasLeft() {
        relay.clientFallsSilent();

        assertThat(relay.isOpen()).isFalse();
        assertThat(relay.clientHears()).isEmpty();
    }

    @Test
    void whoFallsSilentIsNotWaitedForForEver() {
        relay.clientSays("STAT\r\n");
        relay.clientFallsSilent();
        relay.pass(29_999);
        assertThat(relay.isOpen()).isTrue();
        relay.pass(1);

        assertThat(relay.isOpen()).isFalse();
    }
}
