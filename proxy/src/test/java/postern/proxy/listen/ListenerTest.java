package postern.proxy.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static postern.proxy.transcript.Wire.bytes;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.config.ListenerSettings;
import postern.config.ListenerTls;
import postern.proxy.session.OwnConnections;
import postern.proxy.session.SessionEnd;

class ListenerTest {

    private static final EventLoops LOOPS = EventLoops.open();

    private final Observed observed = new Observed();
    private final Queue<Listener> open = new ConcurrentLinkedQueue<>();

    @AfterEach
    void closeTheDoors() {
        open.forEach(Listener::stopAccepting);
        open.forEach(Listener::cut);
    }

    @AfterAll
    static void stop() {
        LOOPS.close();
    }

    @Test
    void whenItIsFullTheOldestOfThoseWhoAreNotLoggedInMakesRoom() throws Exception {
        Listener door = open(settings(2, 2));
        try (SocketClient first = SocketClient.connect(door.address())) {
            assertThat(first.hear()).isEqualTo("hello"); // before the next one comes: each has a loop of its own
            try (SocketClient second = SocketClient.connect(door.address(), "127.0.0.2")) {
                assertThat(second.hear()).isEqualTo("hello");
                try (SocketClient third = SocketClient.connect(door.address(), "127.0.0.3")) {
                    assertThat(third.hear()).isEqualTo("hello");
                    assertThat(first.hear()).isEqualTo("DISPLACED");
                    assertThat(first.isHungUp()).isTrue();
                    second.say("still here\n");
                    assertThat(second.hear()).isEqualTo("still here");
                }
            }

            assertThat(observed.displaced).containsExactly(ConnectionObserver.Refusal.FULL);
            assertThat(observed.refused).isEmpty();
        }
    }

    @Test
    void whoCrowdsInFromOneSourceCostsNobodyElseAPlace() throws Exception {
        Listener door = open(settings(2, 1));
        try (SocketClient elsewhere = SocketClient.connect(door.address(), "127.0.0.2")) {
            assertThat(elsewhere.hear()).isEqualTo("hello");
            try (SocketClient first = SocketClient.connect(door.address())) {
                assertThat(first.hear()).isEqualTo("hello");
                try (SocketClient second = SocketClient.connect(door.address())) {
                    assertThat(second.hear()).isEqualTo("hello");
                    assertThat(first.hear()).isEqualTo("DISPLACED");
                    elsewhere.say("still here\n");
                    assertThat(elsewhere.hear()).isEqualTo("still here");
                }
            }
            assertThat(observed.displaced).containsExactly(ConnectionObserver.Refusal.SOURCE_FULL);
        }
    }

    @Test
    void whoIsLoggedInStaysAndTheNewcomerIsRefused() throws Exception {
        Listener door = open(settings(1, 9));
        try (SocketClient first = SocketClient.connect(door.address())) {
            assertThat(first.hear()).isEqualTo("hello");
            first.say("log me in\n");
            assertThat(first.hear()).isEqualTo("log me in");

            try (SocketClient second = SocketClient.connect(door.address(), "127.0.0.2")) {
                assertThat(second.isHungUp()).isTrue();
            }

            first.say("still here\n");
            assertThat(first.hear()).isEqualTo("still here");
            assertThat(observed.refused).containsExactly(ConnectionObserver.Refusal.FULL);
            assertThat(observed.displaced).isEmpty();
        }
    }

    /** Nobody is behind it yet who could say goodbye. */
    @Test
    void whoDoesNotFinishItsHandshakeMakesRoomToo() throws Exception {
        Listener door = open(SampleListeners.IMPLICIT.forAtMost(1, 9).settings());
        try (SocketClient silent = SocketClient.connect(door.address())) {
            await().until(() -> observed.connections.getAsInt() == 1);
            try (SocketClient next = SocketClient.connect(door.address()).turnOnTls()) {
                assertThat(next.hear()).isEqualTo("hello");
                assertThat(silent.isHungUp()).isTrue();
            }
        }
    }

    @Test
    void allDoorsTogetherHaveRoomForSoMany() throws Exception {
        Room everybody = new Room(1, ConnectionObserver.Refusal.SERVER_FULL);
        Listener door = open(settings(9, 9), everybody);
        Listener other = open(settings(9, 9), everybody);
        try (SocketClient first = SocketClient.connect(door.address())) {
            assertThat(first.hear()).isEqualTo("hello");
            try (SocketClient second = SocketClient.connect(other.address())) {
                assertThat(second.hear()).isEqualTo("hello");
                assertThat(first.hear()).isEqualTo("DISPLACED");
            }
        }
        assertThat(observed.displaced).containsExactly(ConnectionObserver.Refusal.SERVER_FULL);
    }

    @Test
    void whoLeavesMakesRoom() throws Exception {
        Listener door = open(settings(1, 1));
        try (SocketClient first = SocketClient.connect(door.address())) {
            assertThat(first.hear()).isEqualTo("hello");
            assertThat(observed.connections.getAsInt()).isOne();
        }

        await().until(() -> observed.connections.getAsInt() == 0);

        try (SocketClient next = SocketClient.connect(door.address())) {
            assertThat(next.hear()).isEqualTo("hello");
        }
    }

    @Test
    void whereItCannotListenItSaysWhichDoorItIs() throws Exception {
        Listener first = open(settings(1, 1));
        int port = first.address().getPort();

        assertThatThrownBy(() ->
                        open(SampleListeners.STARTTLS.called("second").on(port).settings()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("listener second: cannot listen on 127.0.0.1 port " + port + ": ")
                .hasMessageContaining("in use");
        assertThat(observed.listeners).containsExactly("first");
    }

    @Test
    void whoIsInStaysWhenNobodyIsLetInAnyMore() throws Exception {
        Listener door = open(settings(2, 2));
        try (SocketClient client = SocketClient.connect(door.address())) {
            assertThat(client.hear()).isEqualTo("hello");

            door.stopAccepting();

            assertThatThrownBy(() -> SocketClient.connect(door.address())).isInstanceOf(ConnectException.class);
            client.say("still here\n");
            assertThat(client.hear()).isEqualTo("still here");
            assertThat(door.clients()).isOne();
        }
    }

    @Test
    void asksEverybodyToLeaveInGoodOrder() throws Exception {
        Listener door = open(settings(2, 2));
        try (SocketClient one = SocketClient.connect(door.address());
                SocketClient other = SocketClient.connect(door.address())) {
            assertThat(one.hear() + other.hear()).isEqualTo("hellohello");

            door.sayGoodbye(Duration.ZERO);

            assertThat(one.hear()).isEqualTo("SHUTDOWN");
            assertThat(other.hear()).isEqualTo("SHUTDOWN");
            await().until(() -> door.clients() == 0);
        }
    }

    @Test
    void showsTheRestTheDoor() throws Exception {
        Listener door = open(settings(1, 1));
        try (SocketClient client = SocketClient.connect(door.address())) {
            assertThat(client.hear()).isEqualTo("hello");

            door.cut();

            assertThat(client.hear()).isEqualTo("LAST_CALL");
            assertThat(client.isHungUp()).isTrue();
            await().until(() -> door.clients() == 0);
        }
    }

    @Test
    void doesNotWaitForALoginForEver() throws Exception {
        Listener door = open(settings(ListenerTls.STARTTLS, Duration.ofMillis(100)));
        try (SocketClient client = SocketClient.connect(door.address())) {
            assertThat(client.hear()).isEqualTo("hello");
            assertThat(client.hear()).isEqualTo("ReadTimeoutException");
        }
    }

    @Test
    void speaksTlsFromTheFirstByteWhereItIsToldTo() throws Exception {
        Listener door = open(settings(ListenerTls.IMPLICIT, Duration.ofSeconds(9)));
        try (SocketClient client = SocketClient.connect(door.address()).turnOnTls()) {
            assertThat(client.hear()).isEqualTo("hello");
        }
    }

    private Listener open(ListenerSettings settings) throws IOException {
        return open(settings, SampleListeners.roomForAll());
    }

    private Listener open(ListenerSettings settings, Room everybody) throws IOException {
        Listener door = Listener.open(
                settings,
                SampleTls.door(settings.tls()),
                (client, _, _) -> client.addLast(new Porter()),
                new SocketOpening(LOOPS),
                everybody,
                new OwnConnections(),
                observed);
        open.add(door);
        return door;
    }

    private static ListenerSettings settings(int most, int mostPerSource) {
        return SampleListeners.STARTTLS.forAtMost(most, mostPerSource).settings();
    }

    private static ListenerSettings settings(ListenerTls tls, Duration loginTimeout) {
        return SampleListeners.STARTTLS.with(tls).patientFor(loginTimeout).settings();
    }

    /** Says hello, says everything after its client, logs in who says so, and names what ends it. */
    private static final class Porter extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(bytes("hello\n"));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object said) {
            if (((ByteBuf) said).toString(StandardCharsets.US_ASCII).startsWith("log me in")) {
                Place.keep(ctx.channel());
            }
            ctx.writeAndFlush(said);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SessionEnd) {
                ctx.writeAndFlush(bytes(event + "\n")).addListener(ChannelFutureListener.CLOSE);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.writeAndFlush(bytes(cause.getClass().getSimpleName() + "\n"));
        }
    }

    private static final class Observed extends UnobservedDoors {

        private final Queue<String> listeners = new ConcurrentLinkedQueue<>();
        private final Queue<Refusal> refused = new ConcurrentLinkedQueue<>();
        private final Queue<Refusal> displaced = new ConcurrentLinkedQueue<>();
        private volatile IntSupplier connections = () -> -1;

        @Override
        public void opened(String listener, IntSupplier open) {
            listeners.add(listener);
            connections = open;
        }

        @Override
        public void refused(Refusal why) {
            refused.add(why);
        }

        @Override
        public void displaced(Refusal why) {
            displaced.add(why);
        }
    }
}
