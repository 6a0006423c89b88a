package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.proxy.transcript.Wire.bytes;

import io.netty.buffer.ByteBuf;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.proxy.conversation.GuardedRelay;
import postern.proxy.upstream.Manners;

/** What a client says after the login, and what reaches its mailbox of that. Trap 22, trap 31. */
class ImapGuardTest {

    private static final String IN_ALREADY = " BAD You are logged in, and stay so.\r\n";
    private static final String MESSAGE = "a9 UNAUTHENTICATE\r\nx LOGIN eve {3+}\r\n\0\r\n";

    private final GuardedRelay relay = new GuardedRelay(new ImapGuard(Manners.NONE));

    @AfterEach
    void leave() {
        relay.close();
    }

    /** Trap 32 */
    @Test
    void whereAClientComesFromIsNotItsOwnToSay() {
        relay.clientSays(
                "a ID (\"name\" \"x\")\r\nb ID (\"X-Originating-IP\" \"192.0.2.7\")\r\nc ID ({3+}\r\nx-a \"b\")\r\n");

        assertThat(relay.upstreamHears()).isEqualTo("a ID (\"name\" \"x\")\r\n");
        relay.upstreamSays("a OK\r\n");
        assertThat(relay.clientHears())
                .contains("b BAD Say of yourself")
                .contains("c BAD Say of yourself")
                .contains("a OK");
    }

    @Test
    void aMessageIsNeverTakenForACommand() {
        relay.clientSays("a1 APPEND INBOX {%d}\r\n".formatted(MESSAGE.length()));
        relay.upstreamSays("+ OK\r\n");
        assertThat(relay.clientHears()).isEqualTo("+ OK\r\n");

        relay.clientSays(MESSAGE + "\r\na2 UNAUTHENTICATE\r\n");

        assertThat(relay.upstreamHears())
                .isEqualTo("a1 APPEND INBOX {%d}\r\n".formatted(MESSAGE.length()) + MESSAGE + "\r\n");
        assertThat(relay.clientHears()).isEqualTo("a2" + IN_ALREADY);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1_000})
    void howeverItsPacketsComeApart(int size) {
        String said = "a1 APPEND INBOX (\\Seen) ~{%d+}\r\n%s {0+}\r\n)\r\na2 unauthenticate\r\na3 NOOP\r\n"
                .formatted(MESSAGE.length(), MESSAGE);
        StringBuilder heard = new StringBuilder();
        String announced = "{%d}\r\n".formatted(MESSAGE.length());
        for (int at = 0; at < said.length(); at += size) {
            relay.clientSays(said.substring(at, Math.min(at + size, said.length())));
            for (String more = relay.upstreamHears(); !more.isEmpty(); more = relay.upstreamHears()) {
                heard.append(more);
                if (heard.toString().endsWith(announced) || heard.toString().endsWith("{0}\r\n")) {
                    relay.upstreamSays("+");
                    relay.upstreamSays(" go\r");
                    relay.upstreamSays("\n");
                }
            }
        }

        assertThat(heard.toString())
                .isEqualTo("a1 APPEND INBOX (\\Seen) ~{%d}\r\n%s {0}\r\n)\r\na3 NOOP\r\n"
                        .formatted(MESSAGE.length(), MESSAGE));
        assertThat(relay.clientHears()).isEqualTo("a2" + IN_ALREADY);
    }

    @Test
    void aLiteralIsPassedOnAndNotCopied() {
        ImapGuard guard = new ImapGuard(Manners.NONE);
        guard.hear(bytes("a1 APPEND INBOX {1000000}\r\n")).release();
        guard.follow(bytes("+ OK\r\n"));
        ByteBuf packet = bytes("x".repeat(10_000));

        ByteBuf passed = guard.hear(packet);

        assertThat(passed.array()).isSameAs(packet.array());
        assertThat(passed.readableBytes()).isEqualTo(10_000);
        assertThat(packet.isReadable()).isFalse();
    }

    /** What the upstream takes for a command is one to us, whatever we thought of its brackets. */
    @ParameterizedTest
    @ValueSource(strings = {"a1 NOSUCH {19}\r\n", "a1 SEARCH SUBJECT \"x {19}\r\n", "a1 APPEND nosuch {19}\r\n"})
    void aLiteralThatTheUpstreamDoesNotTakeIsNone(String line) {
        relay.clientSays(line + "a2 UNAUTHENTICATE\r\n");
        assertThat(relay.upstreamHears()).isEqualTo(line);

        relay.upstreamSays("a1 BAD no\r\n");

        assertThat(relay.upstreamHears()).isEmpty();
        assertThat(relay.clientHears()).isEqualTo("a1 BAD no\r\na2" + IN_ALREADY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1 NOSUCH {19+}\r\n", "a1 SEARCH SUBJECT \"x {19+}\r\n", "a1 APPEND nosuch {19+}\r\n"})
    void aLiteralThatComesUnaskedIsDroppedWithItsCommandWhenTheUpstreamDoesNotTakeIt(String line) {
        relay.clientSays(line + "a2 UNAUTHENTICATE\r\n {5+}\r\nhello\r\na3 NOOP\r\n");
        assertThat(relay.upstreamHears()).isEqualTo(line.replace("+", ""));

        relay.upstreamSays("a1 BAD no\r\n");

        assertThat(relay.upstreamHears()).isEqualTo("a3 NOOP\r\n");
        assertThat(relay.clientHears()).isEqualTo("a1 BAD no\r\n");
    }

    /** The request to go on of one command is not taken for that of another. */
    @Test
    void whoIdlesIsNotTakenForWhoMaySendALiteral() {
        relay.clientSays("a1 IDLE\r\nDONE\r\na2 APPEND nosuch {19}\r\na3 UNAUTHENTICATE\r\n");
        assertThat(relay.upstreamHears()).isEqualTo("a1 IDLE\r\nDONE\r\n");
        assertThat(relay.isClientRead()).isFalse();

        relay.upstreamSays("+ idling\r\na1 OK done\r\n");
        assertThat(relay.upstreamHears()).isEqualTo("a2 APPEND nosuch {19}\r\n");
        relay.upstreamSays("a2 NO no such mailbox\r\n");

        assertThat(relay.upstreamHears()).isEmpty();
        assertThat(relay.clientHears()).endsWith("a2 NO no such mailbox\r\na3" + IN_ALREADY);
        assertThat(relay.isClientRead()).isTrue();
    }

    @Test
    void anAnswerToAnotherCommandOfTheSameTagIsNotTakenForOne() {
        relay.clientSays("a1 NOOP\r\na1 APPEND INBOX {19+}\r\na2 UNAUTHENTICATE\r\n\r\na3 NOOP\r\n");

        assertThat(relay.clientHears()).isEqualTo("a1 BAD That tag is in use.\r\n");
        assertThat(relay.upstreamHears()).isEqualTo("a1 NOOP\r\na3 NOOP\r\n");
    }

    @Test
    void anIdleThatTheUpstreamEndsIsOver() {
        relay.clientSays("a1 IDLE\r\n");
        relay.upstreamSays("a1 BAD not here\r\n");

        relay.clientSays("DONE\r\na2 NOOP\r\n");

        assertThat(relay.upstreamHears()).isEqualTo("a1 IDLE\r\nDONE\r\na2 NOOP\r\n");
    }

    /** Half of the command is upstream already, so nobody could say what the rest is to it. */
    @ParameterizedTest
    @ValueSource(strings = {"b UNAUTHENTICATE\r\n", " {5 }\r\n", " \0\r\n", " {99999999999}\r\n"})
    void aCommandThatGoesOnInNoKnownWayEndsTheSession(String line) {
        relay.clientSays("a1 APPEND INBOX {2}\r\n");
        relay.upstreamSays("+ OK\r\n");
        relay.clientHears();

        relay.clientSays("xx" + line + "a2 NOOP\r\n");

        assertThat(relay.clientHears()).isEqualTo("* BYE I cannot follow you.\r\n");
        assertThat(relay.upstreamHears()).isEqualTo("a1 APPEND INBOX {2}\r\nxx");
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void aLiteralLongerThanAnybodyTakesIsNotWaitedFor() {
        relay.clientSays("a1 APPEND INBOX {99999999999+}\r\nx\r\n");

        assertThat(relay.clientHears()).isEqualTo("* BYE I cannot follow you.\r\n");
        assertThat(relay.upstreamHears()).isEmpty();
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void aLineThatNeverEndsIsNotKept() {
        relay.clientSays("a1 NOOP " + "x".repeat(65_000));
        assertThat(relay.isOpen()).isTrue();
        relay.clientSays("x".repeat(1_000));

        assertThat(relay.clientHears()).isEqualTo("* BYE I cannot follow you.\r\n");
        assertThat(relay.upstreamHears()).isEmpty();
    }

    @Test
    void longListsOfMessagesPass() {
        String fetch = "a1 UID FETCH " + "1000001,".repeat(8_000) + "1 (FLAGS)\r\n";

        relay.clientSays(fetch);

        assertThat(relay.upstreamHears()).isEqualTo(fetch);
    }

    @Test
    void anEmptyLineBehindALiteralPasses() {
        relay.clientSays("a1 APPEND INBOX {2}\r\n");
        relay.upstreamSays("+ OK\r\n");
        relay.clientSays("xx\r\n\r\na2 NOOP\r\n");

        assertThat(relay.upstreamHears()).isEqualTo("a1 APPEND INBOX {2}\r\nxx\r\n\r\na2 NOOP\r\n");
    }

    @Test
    void whoAsksWithoutListeningIsNotListenedToEither() {
        relay.clientSays("a NOOP\r\n".repeat(1_500));
        assertThat(relay.upstreamHears()).hasSize(1_000 * "a NOOP\r\n".length());
        assertThat(relay.isClientRead()).isFalse();

        relay.upstreamSays("a OK\r\n".repeat(1_000));

        assertThat(relay.upstreamHears()).hasSize(500 * "a NOOP\r\n".length());
        assertThat(relay.isClientRead()).isTrue();
    }

    @Test
    void aSecondPasswordIsWiped() {
        ByteBuf said = bytes("a2 LOGIN eve {4+}\r\nword\r\n");
        ImapGuard guard = new ImapGuard(Manners.NONE);
        while (said.isReadable()) {
            guard.hear(said).release();
        }

        assertThat(said.array()).doesNotContain('w', 'o', 'r', 'd');
        assertThat(guard.due()).isEqualTo("a2" + IN_ALREADY);
    }

    /** Whatever is said, nothing that undoes the login goes upstream, and nothing breaks. */
    @Test
    void noiseNeverBreaksIt() {
        String[] parts = {
            "a1 ",
            "b2 ",
            "NOOP",
            "IDLE",
            "DONE",
            "\r\n",
            "\n",
            " {2}",
            " {3+}",
            "~{0+}",
            "xx",
            "\0",
            "+ x\r\n",
            "a1 OK\r\n",
            "* 1 FETCH"
        };
        Random noise = new Random(2026);
        for (int run = 0; run < 2_000; run++) {
            try (GuardedRelay one = new GuardedRelay(new ImapGuard(Manners.NONE))) {
                for (int i = 0; i < 30 && one.isOpen(); i++) {
                    one.clientSays(parts[noise.nextInt(parts.length)]);
                    if (one.isOpen()) {
                        one.upstreamSays(parts[noise.nextInt(parts.length)]);
                    }
                }
                assertThat(one.upstreamHears()).doesNotContain("+}\r\n");
            }
        }
    }
}
