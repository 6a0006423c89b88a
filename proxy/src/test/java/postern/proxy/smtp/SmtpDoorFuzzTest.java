package postern.proxy.smtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.proxy.transcript.Dialect;
import postern.proxy.transcript.DoorInvariants;
import postern.proxy.transcript.DoorPlayer;

/** Traps 1, 15, 23, 24, 25, 26: anything at all, at the whole door. */
class SmtpDoorFuzzTest {

    private static final SmtpOffer OFFER = new SmtpOffer("mail.example.org", List.of("SIZE", "8BITMIME"));

    static Stream<byte[]> transcripts() throws IOException {
        return DoorInvariants.seeds(Dialect.SMTP);
    }

    @MethodSource("transcripts")
    @FuzzTest
    void holdsWhateverComes(byte[] input) {
        DoorInvariants.hold(
                input,
                world -> new DoorPlayer(
                        doorkeeper -> new SmtpFrontEnd(doorkeeper, OFFER, (_, _) -> EnvelopeRules.NONE),
                        List.of("SIZE 1000000", "8BITMIME"),
                        world));
    }
}
