package postern.proxy.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.proxy.transcript.Wire.bytes;
import static postern.proxy.transcript.Wire.sentTo;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import postern.proxy.relay.Farewell;
import postern.proxy.relay.Relay;
import postern.proxy.session.SessionEnd;

/**
 * What holds behind a login whatever the mail server says: where its packets come apart does not matter, to the client or
 * to itself; and when it dies, or we end it, the client hears at most one goodbye more.
 */
public final class RelayInvariants {

    private RelayInvariants() {}

    /**
     * Plays it.
     *
     * @param client what the client says before: nothing that waits to be asked for, or it would matter when it is
     */
    public static void hold(byte[] said, Supplier<Farewell> farewell, String client) {
        Told whole = play(List.of(said), farewell.get(), client, End.NONE);

        assertThat(play(pieces(said, 1), farewell.get(), client, End.NONE)).isEqualTo(whole);
        assertThat(play(pieces(said, 40), farewell.get(), client, End.NONE)).isEqualTo(whole);
        for (End end : List.of(End.DIES, End.ENDED)) {
            Told ended = play(List.of(said), farewell.get(), client, end);
            assertThat(ended.client()).startsWith(whole.client());
            String goodbye = ended.client().substring(whole.client().length());
            assertThat(goodbye.lines().count()).isLessThan(2);
            assertThat(goodbye).matches("(?s)|.*\r\n");
            assertThat(play(pieces(said, 1), farewell.get(), client, end)).isEqualTo(ended);
        }
    }

    public static byte[] seed(String said) {
        return said.getBytes(StandardCharsets.ISO_8859_1);
    }

    private enum End {
        NONE,
        DIES,
        ENDED
    }

    private record Told(String client, String mailbox) {}

    private static Told play(List<byte[]> packets, Farewell farewell, String says, End end) {
        EmbeddedChannel client = new EmbeddedChannel();
        EmbeddedChannel upstream = new EmbeddedChannel();
        Relay.join(client, upstream, farewell, () -> Duration.ZERO);
        client.writeInbound(bytes(says));
        for (byte[] packet : packets) {
            upstream.writeInbound(Unpooled.copiedBuffer(packet));
        }
        switch (end) {
            case NONE -> {}
            case DIES -> upstream.close();
            case ENDED -> client.pipeline().fireUserEventTriggered(SessionEnd.LAST_CALL);
        }
        client.runPendingTasks();
        Told told = new Told(sentTo(client), sentTo(upstream));
        client.finishAndReleaseAll();
        upstream.finishAndReleaseAll();
        return told;
    }

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
}
