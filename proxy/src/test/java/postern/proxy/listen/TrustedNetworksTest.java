package postern.proxy.listen;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.config.ListenerSettings;
import postern.config.Settings;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.proxy.session.OwnConnections;
import postern.proxy.transcript.Wire;

/** Traps 32, 34: rights go by the address that a client really has, and a load balancer has none. */
class TrustedNetworksTest {

    private static final Duration LONG = Duration.ofSeconds(9);
    private static final Rights IN_THE_CLEAR = new Rights(false, true, Optional.empty());

    @Test
    void whoIsListedMayAndNobodyElse() {
        TrustedNetworks trusted = trusted(SampleListeners.STARTTLS.trusting("10.1.0.0/16"));

        assertThat(trusted.of(address("10.1.2.3"))).isEqualTo(IN_THE_CLEAR);
        assertThat(trusted.of(address("::ffff:10.1.2.3"))).isEqualTo(IN_THE_CLEAR);
        assertThat(trusted.of(address("10.2.0.1"))).isEqualTo(Rights.NONE);
        assertThat(trusted.of(address("::10.1.2.3"))).isEqualTo(Rights.NONE);
        assertThat(trusted.of(address("::1"))).isEqualTo(Rights.NONE);
    }

    /** Whose network it is in does not matter. */
    @Test
    void aLoadBalancerHasNoRightsOfItsOwn() {
        TrustedNetworks trusted =
                trusted(SampleListeners.STARTTLS.trusting("10.1.0.0/16").behind("10.1.0.7", LONG));

        assertThat(trusted.isLoadBalancer(address("10.1.0.7"))).isTrue();
        assertThat(trusted.of(address("10.1.0.7"))).isEqualTo(Rights.NONE);
        assertThat(trusted.of(address("10.1.0.8"))).isEqualTo(IN_THE_CLEAR);
    }

    /** Trap 34: neither an unlisted address nor a load balancer that says nothing of anybody sends without a login. */
    @Test
    void whoIsKnownByAddressIsKnownByThatAddressAlone() throws Exception {
        TrustedNetworks trusted = new TrustedNetworks(Settings.read(ConfigFactory.parseString("""
                                listeners.devices {
                                  enabled = true, proxy-protocol.from = [ "10.1.0.7" ]
                                  login-by-address {
                                    networks = [ "10.1.0.0/16" ], account = "scanner@example.org"
                                    app-password = apw_0123456789abcdef
                                  }
                                }
                                """), Map.of())
                .listeners()
                .getFirst());

        assertThat(trusted.of(address("10.1.0.8")).byAddress())
                .contains(new LoginByAddress(
                        new LoginName("scanner@example.org"), new AppPasswordId("apw_0123456789abcdef")));
        assertThat(trusted.of(address("10.1.0.8")).inTheClear()).isFalse();
        assertThat(trusted.of(address("10.1.0.7"))).isEqualTo(Rights.NONE);
        assertThat(trusted.of(address("10.2.0.8"))).isEqualTo(Rights.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 10.1.2.3 198.51.100.1 50000 25, true",
        "PROXY TCP4 192.0.2.7 198.51.100.1 50000 25, false",
        "PROXY TCP6 ::ffff:10.1.2.3 ::1 50000 25, true",
        "PROXY UNKNOWN, false"
    })
    void behindALoadBalancerItIsTheClientsAddressThatCounts(String header, boolean mayInTheClear) throws Exception {
        ListenerSettings settings = SampleListeners.STARTTLS
                .trusting("10.1.0.0/16")
                .behind("127.0.0.1", LONG)
                .settings();
        try (EventLoops loops = EventLoops.open()) {
            Listener door = Listener.open(
                    settings,
                    SampleTls.door(settings, new SampleTls.Unobserved()),
                    (client, _, _) -> client.addLast(new TellsRights()),
                    new SocketOpening(loops),
                    SampleListeners.roomForAll(),
                    new OwnConnections(),
                    new UnobservedDoors());
            try (SocketClient client = SocketClient.connect(door.address())) {
                client.say((header + "\r\n").getBytes(StandardCharsets.US_ASCII));

                assertThat(client.hear()).isEqualTo("" + mayInTheClear);
            }
            door.stopAccepting();
            door.cut();
        }
    }

    private static final class TellsRights extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(Wire.bytes(Visitor.of(ctx.channel()).rights().inTheClear() + "\n"));
        }
    }

    private static TrustedNetworks trusted(SampleListeners door) {
        return new TrustedNetworks(door.settings());
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
