package postern.proxy.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postern.proxy.transcript.Step.Say;

/** Plays every transcript of a protocol: by the states alone, at the door, and in pieces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TranscriptContract {

    private final Dialect dialect;
    private final int atLeast;

    protected TranscriptContract(Dialect dialect, int atLeast) {
        this.dialect = dialect;
        this.atLeast = atLeast;
    }

    /** Against the states alone: no channel but the one that cuts commands. */
    protected abstract Player pure(SampleWorld world);

    /** At the real door: its handlers, the relay, and a mailbox that listens. */
    protected abstract Player door(SampleWorld world);

    @Test
    void thereAreTranscripts() throws IOException {
        assertThat(transcripts()).hasSizeGreaterThanOrEqualTo(atLeast);
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theStatesKeepToTheLetter(Transcript transcript) {
        Stage.play(transcript, dialect, this::pure, List::of);
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theDoorKeepsToTheLetter(Transcript transcript) {
        Stage.play(transcript, dialect, this::door, List::of);
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theDoorDoesNotMindAByteAtATime(Transcript transcript) {
        Stage.play(
                transcript,
                dialect,
                this::door,
                packet -> IntStream.range(0, packet.length)
                        .mapToObj(at -> new byte[] {packet[at]})
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theDoorDoesNotMindWhereAPacketComesApart(Transcript transcript) {
        for (int at = 1; at < longestPacket(transcript); at++) {
            int here = at;
            Stage.play(transcript, dialect, this::door, packet -> splitAt(here, packet));
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

    List<Transcript> transcripts() throws IOException {
        return Transcript.in(Path.of("src/test/transcripts", dialect.folder()));
    }
}
