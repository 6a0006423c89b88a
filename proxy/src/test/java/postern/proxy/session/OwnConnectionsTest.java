package postern.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class OwnConnectionsTest {

    private static final InetSocketAddress OURS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);
    private static final InetSocketAddress DOOR = new InetSocketAddress(InetAddress.getLoopbackAddress(), 993);
    private static final InetSocketAddress MAIL_SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 10993);

    private final OwnConnections own = new OwnConnections();

    @Test
    void theOtherEndOfOursIsFoundUntilItIsClosed() {
        EmbeddedChannel ours = connection(OURS, DOOR);
        own.enter(ours);
        assertThat(own.otherEnd(connection(DOOR, OURS))).containsSame(ours);

        ours.close();
        assertThat(own.otherEnd(connection(DOOR, OURS))).isEmpty();
    }

    /** The system gives one port to several connections, as long as they lead to different places. */
    @Test
    void aClientOnThisMachineWithThePortOfOneOfOursIsAClient() {
        own.enter(connection(OURS, MAIL_SERVER));

        assertThat(own.otherEnd(connection(DOOR, OURS))).isEmpty();
    }

    @Test
    void twoOfOursWithOnePortAreTwo() {
        EmbeddedChannel toDoor = connection(OURS, DOOR);
        own.enter(toDoor);
        EmbeddedChannel toMailServer = connection(OURS, MAIL_SERVER);
        own.enter(toMailServer);
        toMailServer.close();

        assertThat(own.otherEnd(connection(DOOR, OURS))).containsSame(toDoor);
    }

    private static EmbeddedChannel connection(SocketAddress here, SocketAddress there) {
        return new EmbeddedChannel() {
            @Override
            public SocketAddress localAddress() {
                return here;
            }

            @Override
            public SocketAddress remoteAddress() {
                return there;
            }
        };
    }
}
