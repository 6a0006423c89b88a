package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postern.proxy.transcript.Stage;
import postern.proxy.transcript.Step.Say;
import postern.proxy.transcript.Transcript;

/** Plays every file of src/test/transcripts/imap: by the states alone, at the door, and in pieces. */
class ImapTranscriptTest {

    private static final Path TRANSCRIPTS = Path.of("src/test/transcripts/imap");

    @Test
    void thereAreTranscripts() throws IOException {
        assertThat(transcripts()).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theStatesKeepToTheLetter(Transcript transcript) {
        Stage.play(transcript, PurePlayer::new, List::of);
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theDoorKeepsToTheLetter(Transcript transcript) {
        Stage.play(transcript, DoorPlayer::new, List::of);
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theDoorDoesNotMindAByteAtATime(Transcript transcript) {
        Stage.play(
                transcript,
                DoorPlayer::new,
                packet -> IntStream.range(0, packet.length)
                        .mapToObj(at -> new byte[] {packet[at]})
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theDoorDoesNotMindWhereAPacketComesApart(Transcript transcript) {
        for (int at = 1; at < longestPacket(transcript); at++) {
            int here = at;
            Stage.play(transcript, DoorPlayer::new, packet -> splitAt(here, packet));
        }
    }

    private static List<byte[]> splitAt(int at, byte[] packet) {
        return at < packet.length
                ? List.of(Arrays.copyOf(packet, at), Arrays.copyOfRange(packet, at, packet.length))
                : List.of(packet);
    }

    private static int longestPacket(Transcript transcript) {
        return transcript.steps().stream()
                .mapToInt(step ->
                        step instanceof Say(int _, String packet) ? packet.getBytes(StandardCharsets.UTF_8).length : 0)
                .max()
                .orElse(0);
    }

    private static List<Transcript> transcripts() throws IOException {
        return Transcript.in(TRANSCRIPTS);
    }
}
