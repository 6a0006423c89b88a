package postern.proxy.imap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.proxy.conversation.UpstreamInvariants;

/** Traps 3, 22, 30: any upstream at all. */
class ImapUpstreamFuzzTest {

    static Stream<byte[]> upstreams() {
        return Stream.of(
                        "t* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\nL1 OK [CAPABILITY IMAP4rev1 IDLE UNAUTHENTICATE] in\n",
                        "t* OK ready\n+ \nL1 OK in\n* CAPABILITY IMAP4rev1 IDLE\nC1 OK done\n",
                        "t* OK ready\nL1 NO [AUTHENTICATIONFAILED] no\n",
                        "t* OK ready\nL1 NO [UNAVAILABLE] later\n",
                        "t* OK ready\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\nC1 OK done\n",
                        "t* PREAUTH welcome\n",
                        "t* BYE\n",
                        "c* OK ready\nS1 OK go on\n* CAPABILITY IMAP4rev1\n",
                        "c* OK ready\n* BAD\nS1 NO\n")
                .map(UpstreamInvariants::seed);
    }

    @MethodSource("upstreams")
    @FuzzTest
    void holdsWhateverItSays(byte[] input) {
        UpstreamInvariants.hold(input, new ImapUpstreamLanguage());
    }
}
