package postern.proxy.pop3;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.proxy.conversation.UpstreamInvariants;

/** Traps 3, 22, 30: any upstream at all. */
class Pop3UpstreamFuzzTest {

    static Stream<byte[]> upstreams() {
        return Stream.of(
                        "t+OK ready\n+OK\n+OK in\n+OK\nTOP\nUIDL\n.\n",
                        "t+OK ready\n+ \n+OK in\n+OK\nTOP\n.\n",
                        "t+OK ready\n-ERR [AUTH] no\n",
                        "t+OK ready\n+OK\n-ERR [IN-USE] later\n",
                        "t-ERR\n",
                        "c+OK ready\n+OK go on\n+OK\n",
                        "c+OK ready\n-ERR\n")
                .map(UpstreamInvariants::seed);
    }

    @MethodSource("upstreams")
    @FuzzTest
    void holdsWhateverItSays(byte[] input) {
        UpstreamInvariants.hold(input, new Pop3UpstreamLanguage());
    }
}
