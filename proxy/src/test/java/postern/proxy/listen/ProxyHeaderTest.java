package postern.proxy.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.proxy.transcript.Wire.bytes;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.imap.ImapFrontEnd;
import postern.proxy.listen.ConnectionObserver.Refusal;
import postern.proxy.session.OwnConnections;
import postern.proxy.session.SampleSessions;

/** L-11, trap 32: who is believed when they say for whom they speak, and what becomes of all others. */
class ProxyHeaderTest {

    private static final EventLoops LOOPS = EventLoops.open();

    private static final String V2 = "0d0a0d0a000d0a515549540a";
    private static final String FOR_192_0_2_7 = V2 + "2111000cc0000207c6336401c35003e1";

    private final Queue<Refusal> refused = new ConcurrentLinkedQueue<>();
    private final Queue<Refusal> displaced = new ConcurrentLinkedQueue<>();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "50524f58592054435034203139322e302e322e37203139382e35312e3130302e31203530303030203939330d0a",
                FOR_192_0_2_7,
                // with a TLV behind the addresses
                V2 + "21110010c0000207c6336401c35003e103000161",
                // an IPv4 address in IPv6 clothes is the IPv4 address
                V2 + "2121002400000000000000000000ffffc000020700000000000000000000ffffc6336401c35003e1",
            })
    void whoIsListedSaysWhereTheClientComesFrom(String header) throws Exception {
        try (SocketClient client =
                connect(open(SampleListeners.STARTTLS.behind("127.0.0.0/8", Duration.ofSeconds(9))))) {
            client.say(HexFormat.of().parseHex(header));

            assertThat(client.hear()).isEqualTo("hello 192.0.2.7");
            client.say("and on\n");
            assertThat(client.hear()).isEqualTo("and on");
        }
    }

    @Test
    void aHeaderMayComeByteByByteAndWithTheFirstCommandBehindIt() throws Exception {
        try (SocketClient client = connect(open(SampleListeners.STARTTLS.behind("127.0.0.1", Duration.ofSeconds(9))))) {
            for (byte one : "PROXY TCP6 2001:db8::9 ::1 50000 143\r\nhere I am\n".getBytes(ISO_8859_1)) {
                client.say(new byte[] {one});
            }

            assertThat(client.hear()).isEqualTo("hello 2001:db8:0:0:0:0:0:9");
            assertThat(client.hear()).isEqualTo("here I am");
        }
    }

    @Test
    void tlsBeginsBehindTheHeader() throws Exception {
        try (SocketClient client = connect(open(SampleListeners.IMPLICIT.behind("127.0.0.1", Duration.ofSeconds(9))))) {
            client.say(HexFormat.of().parseHex(FOR_192_0_2_7));

            assertThat(client.turnOnTls().hear()).isEqualTo("hello 192.0.2.7");
        }
    }

    /** As HAProxy sends it: the first bytes of the client are in the packet of the header. */
    @Test
    void tlsBeginsInTheSamePacket() throws Exception {
        try (SocketClient client = connect(open(SampleListeners.IMPLICIT.behind("127.0.0.1", Duration.ofSeconds(9))))) {
            client.turnOnTls(HexFormat.of().parseHex(FOR_192_0_2_7));

            assertThat(client.hear()).isEqualTo("hello 192.0.2.7");
        }
    }

    /** LOCAL and UNSPEC, of health checks; UNKNOWN, in version 1; a client at the load balancer's own socket. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                V2 + "20000000",
                V2 + "2000000401020304",
                V2 + "21000000",
                "50524f585920554e4b4e4f574e0d0a",
            })
    void whoSpeaksForNobodyIsTakenForItself(String header) throws Exception {
        try (SocketClient client = connect(open(SampleListeners.STARTTLS.behind("127.0.0.1", Duration.ofSeconds(9))))) {
            client.say(HexFormat.of().parseHex(header));

            assertThat(client.hear()).isEqualTo("hello 127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // no header at all: an IMAP command, a TLS record, HTTP
                "6131204c4f47494e20616461203132333435363738390d0a",
                "16030100c8010000c40303000000000000000000000000000000",
                "504f5354202f20485454502f312e310d0a",
                // not an address, not a port, not a family, not complete
                "50524f58592054435034203139322e302e322e373737203139382e35312e3130302e31203530303030203939330d0a",
                "50524f58592054435034203139322e302e322e37203139382e35312e3130302e312039393939393920310d0a",
                "50524f585920544350352061206220312031200d0a",
                "50524f5859205443503420312e322e332e340d0a",
                // version 3; a command that there is not; less than two addresses; datagrams
                V2 + "3111000cc0000207c6336401c35003e1",
                V2 + "2211000cc0000207c6336401c35003e1",
                V2 + "21110004c0000207",
                V2 + "2112000cc0000207c6336401c35003e1",
                // a TLV that says it is longer than what there is
                V2 + "21110010c0000207c6336401c35003e103ffff61",
                // a header that is none, and one that would be
                V2 + "3111000cc0000207c6336401c35003e1" + FOR_192_0_2_7,
            })
    void aHeaderThatIsNoneEndsTheConnectionWithoutAWord(String said) throws Exception {
        try (SocketClient client = connect(open(SampleListeners.STARTTLS.behind("127.0.0.1", Duration.ofSeconds(1))))) {
            client.say(HexFormat.of().parseHex(said));

            assertThat(client.isHungUp()).isTrue();
            await().untilAsserted(() -> assertThat(refused).containsExactly(Refusal.PROXY_HEADER));
        }
    }

    @Test
    void aHeaderThatIsTooLongEndsTheConnection() throws Exception {
        String line = "PROXY TCP4 192.0.2.7 198.51.100.1 50000 " + "9".repeat(200);
        byte[] struct = new byte[16 + 65_535];
        System.arraycopy(HexFormat.of().parseHex(V2 + "2111ffffc0000207c6336401c35003e1"), 0, struct, 0, 28);
        for (byte[] said : new byte[][] {line.getBytes(ISO_8859_1), struct}) {
            try (SocketClient client =
                    connect(open(SampleListeners.STARTTLS.behind("127.0.0.1", Duration.ofSeconds(9))))) {
                client.say(said);

                assertThat(client.isHungUp()).isTrue();
            }
        }
        await().untilAsserted(() -> assertThat(refused).containsExactly(Refusal.PROXY_HEADER, Refusal.PROXY_HEADER));
    }

    /** Trap 34: a load balancer's own address is not a client's. */
    @ParameterizedTest
    @ValueSource(strings = {"", "PROXY TCP4 192.0.2.7 198.51"})
    void aHeaderThatIsLateOrMissingEndsTheConnection(String said) throws Exception {
        try (SocketClient client =
                connect(open(SampleListeners.STARTTLS.behind("127.0.0.1", Duration.ofMillis(200))))) {
            client.say(said);

            assertThat(client.isHungUp()).isTrue();
            await().untilAsserted(() -> assertThat(refused).containsExactly(Refusal.PROXY_HEADER));
        }
    }

    @Test
    void limitsGoByWhereTheClientComesFrom() throws Exception {
        Listener door = open(SampleListeners.STARTTLS.forAtMost(9, 1).behind("127.0.0.1", Duration.ofSeconds(9)));
        try (SocketClient one = connect(door);
                SocketClient again = connect(door);
                SocketClient another = connect(door)) {
            one.say("PROXY TCP4 192.0.2.7 198.51.100.1 50000 143\r\n");
            assertThat(one.hear()).isEqualTo("hello 192.0.2.7");
            again.say("PROXY TCP4 192.0.2.7 198.51.100.1 50001 143\r\n");
            assertThat(again.hear()).isEqualTo("hello 192.0.2.7");
            assertThat(one.isHungUp()).isTrue();
            another.say("PROXY TCP4 192.0.2.8 198.51.100.1 50002 143\r\n");
            assertThat(another.hear()).isEqualTo("hello 192.0.2.8");
        }
        assertThat(displaced).containsExactly(Refusal.SOURCE_FULL);
        assertThat(refused).isEmpty();
    }

    @Test
    void whoIsNotListedIsAClientLikeAnyOther() throws Exception {
        Listener door = open(SampleListeners.STARTTLS.behind("127.0.0.2", Duration.ofMillis(200)));
        try (SocketClient client = connect(door)) {
            assertThat(client.hear()).isEqualTo("hello 127.0.0.1");
        }
    }

    /** Trap 32: it says who it is for, and nobody asked. */
    @Test
    void whoIsNotListedAndSaysForWhomItSpeaksIsGone() throws Exception {
        Queue<InetAddress> tried = new ConcurrentLinkedQueue<>();
        byte[] header = HexFormat.of().parseHex(FOR_192_0_2_7);
        for (boolean insideTls : new boolean[] {false, true}) {
            SampleListeners door = insideTls ? SampleListeners.IMPLICIT : SampleListeners.STARTTLS;
            try (SocketClient client = connect(open(door.behind("127.0.0.2", Duration.ofSeconds(9)), imap(tried)))) {
                if (insideTls) {
                    client.turnOnTls();
                }
                assertThat(client.hear()).startsWith("* OK");
                client.say(header);

                assertThat(client.hear()).isEqualTo("* BYE I cannot read that.");
                assertThat(client.isHungUp()).isTrue();
            }
        }
        try (SocketClient client =
                connect(open(SampleListeners.IMPLICIT.behind("127.0.0.2", Duration.ofSeconds(9)), imap(tried)))) {
            client.say(header);

            assertThat(client.isHungUp()).as("in the place of TLS").isTrue();
        }
        assertThat(refused).containsExactly(Refusal.ANOTHER_PROTOCOL, Refusal.ANOTHER_PROTOCOL);
        assertThat(tried).isEmpty();
    }

    /** What the lockout weighs, the log tells and a session is listed with. */
    @Test
    void aLoginIsThatOfWhereTheClientComesFrom() throws Exception {
        Queue<InetAddress> tried = new ConcurrentLinkedQueue<>();
        try (SocketClient client =
                connect(open(SampleListeners.IMPLICIT.behind("127.0.0.1", Duration.ofSeconds(9)), imap(tried)))) {
            client.say(HexFormat.of().parseHex(FOR_192_0_2_7));
            client.turnOnTls().say("a1 LOGIN ada@example.org bcdfghjkmnpqrstvwxyz\r\n");

            assertThat(client.hear()).startsWith("* OK");
            assertThat(client.hear()).startsWith("a1 NO");
            assertThat(tried).containsExactly(InetAddress.ofLiteral("192.0.2.7"));
        }
    }

    private static FrontEnd imap(Queue<InetAddress> tried) {
        return new ImapFrontEnd(new Doorkeeper(
                attempt -> {
                    tried.add(attempt.client());
                    attempt.secret().close();
                    return CompletableFuture.completedFuture(new Denied(Reason.NO_MATCH));
                },
                (_, loop, _) -> loop.newFailedFuture(new IllegalStateException("nobody gets so far")),
                SampleSessions.sessions(),
                new UnobservedDoors(),
                InstantSource.fixed(MONDAY)));
    }

    private Listener open(SampleListeners door) throws IOException {
        return open(door, (client, _, _) -> client.addLast(new Porter()));
    }

    private Listener open(SampleListeners door, FrontEnd frontEnd) throws IOException {
        Listener opened = Listener.open(
                door.settings(),
                SampleTls.door(door.tls()),
                frontEnd,
                new SocketOpening(LOOPS),
                SampleListeners.roomForAll(),
                new OwnConnections(),
                new UnobservedDoors() {
                    @Override
                    public void refused(Refusal why) {
                        refused.add(why);
                    }

                    @Override
                    public void displaced(Refusal why) {
                        displaced.add(why);
                    }
                });
        open.add(opened);
        return opened;
    }

    private static SocketClient connect(Listener door) throws IOException {
        InetSocketAddress address = door.address();
        return SocketClient.connect(address);
    }

    /** Says where its client comes from, and everything after them. */
    private static final class Porter extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(
                    bytes("hello " + Visitor.of(ctx.channel()).address().getHostAddress() + "\n"));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object said) {
            ctx.writeAndFlush(said);
        }
    }
}
