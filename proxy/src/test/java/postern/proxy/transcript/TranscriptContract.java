package postern.proxy.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.WRONG_SECRET;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    /** The packets of a login with this password, in each form that there is; the last brings the decision. */
    protected abstract List<List<String>> logins(String password);

    /** Of what was heard behind the last packet, the lines that end a command. */
    protected abstract boolean isCompletion(String line);

    /** Trap 29: a client that hears nothing hangs, and one that hears two answers is out of step from there on. */
    @ParameterizedTest
    @EnumSource(
            value = Given.class,
            names = {"SENDS_NOTHING", "NAMES", "LISTENER", "NO_TLS", "TRUSTED_NETWORK"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyFailureIsToldOnceWhateverTheFormOfTheLogin(Given failure) {
        List<List<String>> forms = new ArrayList<>(logins(SCANNER_SECRET));
        if (failure == Given.STORE_DOWN) {
            forms.addAll(logins(WRONG_SECRET));
        }
        for (List<String> packets : forms) {
            assertThat(completions(packets, failure)).as("%s", packets).hasSize(1);
        }
        for (List<String> packets : logins(WRONG_SECRET)) {
            assertThat(completions(packets)).as("%s", packets).hasSize(1);
        }
    }

    private List<String> completions(List<String> packets, Given... givens) {
        try (Player player = door(new SampleWorld(Set.of(givens)))) {
            for (String packet : packets) {
                player.heard();
                player.say((packet + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
            return player.heard().lines().filter(this::isCompletion).toList();
        }
    }

    protected static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** By SASL alone: PLAIN and LOGIN, at once and asked for. */
    protected static List<List<String>> sasl(String command, String password) {
        String plain = base64("\0ada@example.org\0" + password);
        String name = base64("ada@example.org");
        return List.of(
                List.of(command + " PLAIN " + plain),
                List.of(command + " PLAIN", plain),
                List.of(command + " LOGIN", name, base64(password)),
                List.of(command + " LOGIN " + name, base64(password)));
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
        return Transcript.in(Path.of("src/test/transcripts", dialect.folder())).stream()
                .filter(one -> !one.givens().contains(Given.LISTENER)) // only the whole server has one
                .toList();
    }
}
