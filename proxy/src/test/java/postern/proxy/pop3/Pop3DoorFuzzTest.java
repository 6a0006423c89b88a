package postern.proxy.pop3;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.proxy.transcript.Dialect;
import postern.proxy.transcript.DoorInvariants;
import postern.proxy.transcript.DoorPlayer;

/** Traps 1, 15, 23, 24, 25, 26: anything at all, at the whole door. */
class Pop3DoorFuzzTest {

    static Stream<byte[]> transcripts() throws IOException {
        return DoorInvariants.seeds(Dialect.POP3);
    }

    @MethodSource("transcripts")
    @FuzzTest
    void holdsWhateverComes(byte[] input) {
        DoorInvariants.hold(input, world -> new DoorPlayer(Pop3FrontEnd::new, List.of("TOP", "UIDL"), world));
    }
}
