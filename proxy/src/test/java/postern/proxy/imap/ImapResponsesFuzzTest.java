package postern.proxy.imap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.proxy.conversation.RelayInvariants;
import postern.proxy.upstream.Manners;

/** Traps 22, 30, 51: any mailbox at all, behind a login, with a guard and without. */
class ImapResponsesFuzzTest {

    private static final List<String> CLIENTS = List.of(
            "a1 NOOP\r\na2 LOGIN eve x\r\na3 FETCH 1 BODY[]\r\na4 LOGOUT\r\n",
            "a1 NOOP\r\na2 APPEND x {3+}\r\n",
            "a1 NOOP\r\na2 APPEND x {3}\r\n",
            "a1 NOOP\r\na2 IDLE\r\n",
            "");

    static Stream<byte[]> responses() {
        return Stream.concat(
                        ImapFarewellTest.responses().stream().map(marked -> marked.replace("|", "")),
                        Stream.of(
                                "a1 OK done\r\n+ go\r\na2 OK [APPENDUID 1 2] done\r\n+ idling\r\n* 3 EXISTS\r\na3 OK\r\n",
                                "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN COMPRESS=DEFLATE IDLE\r\na1 OK\r\n",
                                "a1 OK [CAPABILITY IMAP4rev1 UNAUTHENTICATE SASL-IR] done\r\n",
                                "* OK [capability LOGINDISABLED x-unauthenticate] still here\r\n",
                                "a1 NO\r\na2 NO no literals here\r\na3 BAD\r\n",
                                "+ go\r\n+ go\r\n+ go\r\na2 OK\r\na1 OK\r\n",
                                "* BYE going down\r\n",
                                "* 1 FETCH (BODY[] {14}\r\n* BYE x\r\na1 OK)\r\n* bye\r\n"))
                .map(RelayInvariants::seed);
    }

    @MethodSource("responses")
    @FuzzTest
    void holdsWhateverTheMailboxSays(byte[] input) {
        for (String client : CLIENTS) {
            RelayInvariants.hold(input, () -> new ImapGuard(Manners.NONE), client);
            RelayInvariants.hold(input, ImapFarewell::new, client);
        }
    }
}
