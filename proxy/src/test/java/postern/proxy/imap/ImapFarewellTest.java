package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.proxy.transcript.Wire.bytes;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import postern.proxy.session.SessionEnd;

class ImapFarewellTest {

    @ParameterizedTest
    @MethodSource("responses")
    void knowsOfEachByteWhetherAResponseEndsBehindIt(String marked) {
        ImapFarewell farewell = new ImapFarewell();
        for (int at = 0; at < marked.length(); at++) {
            if (marked.charAt(at) == '|') {
                continue;
            }
            boolean ends = at + 1 < marked.length() && marked.charAt(at + 1) == '|';
            assertThat(farewell.follow(bytes(marked.substring(at, at + 1)))).isEqualTo(ends ? 1 : 0);
            assertThat(farewell.atBoundary()).as(marked.substring(0, at + 1)).isEqualTo(ends);
        }
    }

    @ParameterizedTest
    @MethodSource("responses")
    void knowsTheLastEndWhereverThePacketsDo(String marked) {
        String said = marked.replace("|", "");
        for (int cut = 0; cut < said.length(); cut++) {
            ImapFarewell farewell = new ImapFarewell();

            assertThat(farewell.follow(bytes(said.substring(0, cut)))).isEqualTo(lastEndWithin(cut, marked));
            assertThat(farewell.follow(bytes(said.substring(cut)))).isEqualTo(said.length() - cut);
            assertThat(farewell.atBoundary()).isTrue();
        }
    }

    @Test
    void isAtABoundaryBeforeAnythingWasSaid() {
        assertThat(new ImapFarewell().atBoundary()).isTrue();
    }

    @Test
    void waitsForAsLongALiteralAsThereCanBe() {
        ImapFarewell farewell = new ImapFarewell();

        assertThat(farewell.follow(bytes("* 1 FETCH (BODY[] {999999999999999999}\r\n" + "\r\n".repeat(4_000))))
                .isZero();
        assertThat(farewell.atBoundary()).isFalse();
    }

    @Test
    void seesALiteralBehindALongLine() {
        ImapFarewell farewell = new ImapFarewell();

        assertThat(farewell.follow(bytes("* " + "x".repeat(70_000) + " {2}\r\n")))
                .isZero();
        assertThat(farewell.follow(bytes("\r\n\r\n"))).isEqualTo(4);
    }

    @Test
    void leavesTheBytesAlone() {
        ByteBuf packet = bytes("..* OK\r\n* 1");
        packet.skipBytes(2);

        assertThat(new ImapFarewell().follow(packet)).isEqualTo(6);
        assertThat(packet.readerIndex()).isEqualTo(2);
        assertThat(packet.readableBytes()).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource
    void saysItsGoodbyeInOneLine(SessionEnd why) {
        assertThat(new ImapFarewell().words(why))
                .startsWith("* BYE ")
                .endsWith(".\r\n")
                .doesNotContain("rong");
    }

    private static int lastEndWithin(int length, String marked) {
        int last = 0;
        int bars = 0;
        for (int bar = marked.indexOf('|'); bar >= 0; bar = marked.indexOf('|', bar + 1)) {
            int end = bar - bars++;
            last = end <= length ? end : last;
        }
        return last;
    }

    /** What an upstream says, with a bar wherever a response ends. */
    static List<String> responses() {
        return List.of(
                "* OK hello\r\n|* 3 EXISTS\r\n|",
                "* OK by line feed alone\n|a1 OK\r\n|",
                "* 1 FETCH (BODY[] {5}\r\nab\r\nc)\r\n|a1 OK\r\n|",
                "* 1 FETCH (BODY[] {12}\r\nSubject: x\r\n)\r\n|",
                "* 1 FETCH (A {1}\r\n\n B {2}\r\n\r\n C {3}\r\n\r\n\n)\r\n|* 2 EXISTS\r\n|",
                "* 1 FETCH (BODY[] {0}\r\n)\r\n|",
                "* 1 FETCH (BODY[] {0}\r\n {0}\r\n)\r\n|",
                "* 1 FETCH (BODY[] {000000000000000003}\r\n\r\n\n)\r\n|",
                "* 1 FETCH (BINARY[] ~{3}\r\n\0\r\n)\r\n|",
                "* LIST () \"/\" {3+}\r\n{3}\r\n|* OK\r\n|",
                "* 1 FETCH (BODY[] {5}\r\n{9}\r\n)\r\n|",
                // Only look like a literal:
                "* OK see {5} \r\n|* OK\r\n|",
                "* OK see {}\r\n|* OK\r\n|",
                "* OK see {5x}\r\n|* OK\r\n|",
                "* OK see {-5}\r\n|* OK\r\n|",
                "* OK see 5}\r\n|* OK\r\n|",
                "* OK see {5}\n|* OK\r\n|",
                "* OK see {1234567890123456789}\r\n|* OK\r\n|",
                "* OK see {12345678901234567890123456789012345678901234567890}\r\n|* OK\r\n|",
                "{\r\n|}\r\n|\r\n|\n|+}\r\n|");
    }
}
