package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.MONDAY;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import postern.config.ListenerTls;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.listen.EventLoops;
import postern.proxy.listen.Listener;
import postern.proxy.listen.SampleListeners;
import postern.proxy.listen.SampleTls;
import postern.proxy.listen.SocketClient;
import postern.proxy.listen.SocketOpening;
import postern.proxy.listen.UnobservedDoors;
import postern.proxy.session.OwnConnections;
import postern.proxy.session.SampleSessions;

/** What docs/operations.md promises of memory: strangers who say much, but never to the end, cost so much each and no more. */
class MemoryBeforeLoginTest {

    private static final EventLoops LOOPS = EventLoops.open();
    private static final int STRANGERS = 500;

    /** A line, and what was read beyond it, and all that stands around a connection. Theirs is counted, too: they are in this process. */
    private static final long IN_THE_CLEAR = 20 * 1024;

    /** The same with the first message of TLS in the place of the line. */
    private static final long IN_TLS = 32 * 1024;

    private volatile IntSupplier connections = () -> 0;

    @AfterAll
    static void stop() {
        LOOPS.close();
    }

    @Test
    void halfACommandCostsNoMoreThanItsBound() throws Exception {
        byte[] half = ("a1 LOGIN ada@example.org " + "x".repeat(8_100)).getBytes(StandardCharsets.US_ASCII);

        assertThat(costOfEach(ListenerTls.STARTTLS, half)).isLessThan(IN_THE_CLEAR);
    }

    @Test
    void halfAHandshakeCostsNoMoreThanItsBound() throws Exception {
        byte[] half = new byte[16_000];
        System.arraycopy(new byte[] {22, 3, 1, 0x3f, (byte) 0xf0, 1, 0, 0x3f, (byte) 0xec, 3, 3}, 0, half, 0, 11);

        assertThat(costOfEach(ListenerTls.IMPLICIT, half)).isLessThan(IN_TLS);
    }

    private long costOfEach(ListenerTls tls, byte[] half) throws IOException {
        Listener door = open(SampleListeners.STARTTLS.with(tls).patientFor(Duration.ofMinutes(5)));
        List<SocketClient> strangers = new ArrayList<>();
        try {
            come(door, half, strangers, 50); // what is loaded once is loaded now
            long before = used();
            come(door, half, strangers, STRANGERS);
            long cost = (used() - before) / STRANGERS;
            assertThat(connections.getAsInt()).isEqualTo(50 + STRANGERS);
            return cost;
        } finally {
            for (SocketClient stranger : strangers) {
                stranger.close();
            }
            door.stopAccepting();
            door.cut();
        }
    }

    private void come(Listener door, byte[] half, List<SocketClient> strangers, int many) throws IOException {
        int there = connections.getAsInt();
        for (int i = 0; i < many; i++) {
            SocketClient stranger = SocketClient.connect(door.address());
            strangers.add(stranger);
            stranger.say(half);
        }
        await().until(() -> connections.getAsInt() == there + many);
    }

    private Listener open(SampleListeners settings) throws IOException {
        return Listener.open(
                settings.settings(),
                SampleTls.door(settings.tls()),
                new ImapFrontEnd(new Doorkeeper(
                        _ -> new CompletableFuture<>(),
                        (_, loop, _) -> loop.newPromise(),
                        SampleSessions.sessions(),
                        new UnobservedDoors(),
                        InstantSource.fixed(MONDAY))),
                new SocketOpening(LOOPS),
                SampleListeners.roomForAll(),
                new OwnConnections(),
                new UnobservedDoors() {
                    @Override
                    public void opened(String listener, IntSupplier open) {
                        connections = open;
                    }
                });
    }

    /** Buffers, and the heap without what nobody holds. */
    private static long used() {
        System.gc();
        ByteBufAllocatorMetric buffers = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        Runtime heap = Runtime.getRuntime();
        return buffers.usedDirectMemory() + heap.totalMemory() - heap.freeMemory();
    }
}
