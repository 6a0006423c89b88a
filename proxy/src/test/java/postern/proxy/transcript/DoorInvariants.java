package postern.proxy.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import postern.proxy.transcript.Step.Handshake;
import postern.proxy.transcript.Step.Say;

/**
 * What holds at a door whatever comes: it does not matter where packets come apart, the mailbox hears nothing before a
 * login, and nobody gets more out of it than a bounded number of words.
 *
 * <p>The first byte says whether TLS is on ({@code t}) or not ({@code c}); the client says the rest.
 */
public final class DoorInvariants {

    private static final byte IN_THE_CLEAR = 'c';
    private static final byte ENCRYPTED = 't';
    private static final String LOGGED_IN = "Logged in.";

    /** A hundred questions and ten mistakes, and the answers to them. */
    private static final int MOST_BEFORE_LOGIN = 64 * 1024;

    /** Behind a login every line of a byte or two may be answered by us, by POP3 and SMTP. */
    private static final int MOST_FOR_A_BYTE = 64;

    private DoorInvariants() {}

    /** What clients say in transcripts, up to a handshake and from it on. */
    public static Stream<byte[]> seeds(Dialect dialect) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Transcript transcript : Transcript.in(Path.of("src/test/transcripts", dialect.folder()))) {
            StringBuilder said = new StringBuilder(transcript.givens().contains(Given.NO_TLS) ? "c" : "t");
            for (Step step : transcript.steps()) {
                if (step instanceof Say say) {
                    said.append(say.packet());
                } else if (step instanceof Handshake) {
                    seeds.add(said.toString().getBytes(StandardCharsets.UTF_8));
                    said.setLength(0);
                    said.append('t');
                }
            }
            seeds.add(said.toString().getBytes(StandardCharsets.UTF_8));
        }
        return seeds.stream();
    }

    public static void hold(byte[] input, Function<SampleWorld, Player> door) {
        if (input.length == 0 || (input[0] != IN_THE_CLEAR && input[0] != ENCRYPTED)) {
            return;
        }
        Set<Given> givens = input[0] == ENCRYPTED ? EnumSet.noneOf(Given.class) : EnumSet.of(Given.NO_TLS);
        byte[] said = Arrays.copyOfRange(input, 1, input.length);
        Told whole = play(door, givens, List.of(said));

        assertThat(whole.client()).endsWith("\r\n");
        if (whole.client().contains(LOGGED_IN)) {
            assertThat(whole.client().length()).isLessThan(MOST_BEFORE_LOGIN + MOST_FOR_A_BYTE * said.length);
        } else {
            assertThat(whole.mailbox()).isEmpty();
            assertThat(whole.client().length()).isLessThan(MOST_BEFORE_LOGIN);
        }
        assertThat(play(door, givens, pieces(said, 1))).isEqualTo(whole);
        assertThat(play(door, givens, pieces(said, 40))).isEqualTo(whole);
    }

    /** Of any length up to the longest; the same ones for the same bytes, or no find could be looked at again. */
    private static List<byte[]> pieces(byte[] said, int longest) {
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(said));
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < said.length; ) {
            int to = Math.min(said.length, from + 1 + random.nextInt(longest));
            pieces.add(Arrays.copyOfRange(said, from, to));
            from = to;
        }
        return pieces;
    }

    private static Told play(Function<SampleWorld, Player> door, Set<Given> givens, List<byte[]> packets) {
        try (Player player = door.apply(new SampleWorld(givens))) {
            packets.forEach(player::say);
            return new Told(player.heard(), player.mailboxHeard(), player.isOpen());
        }
    }

    private record Told(String client, String mailbox, boolean open) {}
}
