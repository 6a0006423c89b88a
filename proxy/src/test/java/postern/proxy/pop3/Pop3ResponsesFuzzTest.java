package postern.proxy.pop3;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.proxy.conversation.RelayInvariants;

/** Traps 30, 51: any mailbox at all, behind a login. */
class Pop3ResponsesFuzzTest {

    private static final String CLIENT = "STAT\r\nRETR 1\r\nCAPA\r\nUSER eve\r\nLIST\r\nQUIT\r\n";

    static Stream<byte[]> responses() {
        return Stream.of(
                        "+OK 1 8\r\n+OK\r\nHello.\r\n..\r\n.\r\n+OK\r\n1 8\r\n.\r\n+OK bye\r\n",
                        "-ERR\r\n-ERR no such message\r\n-ERR\r\n+OK\r\n",
                        "+OK\n+OK\n.\n\r\n.\r.\r\n.\r\n",
                        "\r\n\n+\r\n",
                        "-ERR [SYS/TEMP] autologout\r\n")
                .map(RelayInvariants::seed);
    }

    @MethodSource("responses")
    @FuzzTest
    void holdsWhateverTheMailboxSays(byte[] input) {
        RelayInvariants.hold(input, () -> new Pop3Guard(List.of("TOP", "UIDL")), CLIENT);
    }
}
