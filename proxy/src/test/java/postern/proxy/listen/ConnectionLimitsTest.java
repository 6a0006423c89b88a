package postern.proxy.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.proxy.listen.ConnectionObserver.Refusal;

class ConnectionLimitsTest {

    private final List<Refusal> refused = new ArrayList<>();
    private final ConnectionLimits limits = limits(3, 1);

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8:0:1::1, 2001:db8:0:1:ffff::9, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "2001:db8::1, 192.0.2.1, false",
    })
    void aSourceIsAWholeIpv4AddressOrAnIpv6Network(String one, String other, boolean same) throws Exception {
        from(one);

        assertThat(from(other).isOpen()).isEqualTo(!same);
    }

    @Test
    void whoLeavesMakesRoomAndIsForgotten() throws Exception {
        EmbeddedChannel first = from("192.0.2.1");
        assertThat(from("192.0.2.1").isOpen()).isFalse();
        assertThat(limits.open()).isOne();

        first.close();

        assertThat(limits.open()).isZero();
        assertThat(from("192.0.2.1").isOpen()).isTrue();
    }

    @Test
    void tellsWhyItTurnsSomebodyAway() throws Exception {
        for (String address : List.of("192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")) {
            from(address);
        }

        assertThat(refused).containsExactly(Refusal.SOURCE_FULL, Refusal.FULL);
        assertThat(limits.open()).isEqualTo(3);
    }

    @Test
    void manyWhoAreTurnedAwayTakeNobodysPlace() throws Exception {
        for (int i = 0; i < 100; i++) {
            from("192.0.2.1");
        }

        assertThat(from("192.0.2.2").isOpen()).isTrue();
        assertThat(limits.open()).isEqualTo(2);
    }

    private EmbeddedChannel from(String address) throws UnknownHostException {
        EmbeddedChannel client = new EmbeddedChannel();
        if (limits.admits(client)) {
            limits.admits(client, InetAddress.getByName(address));
        }
        return client;
    }

    private ConnectionLimits limits(int most, int mostPerSource) {
        return new ConnectionLimits(
                SampleListeners.IMPLICIT.forAtMost(most, mostPerSource).settings(), new ConnectionObserver() {
                    @Override
                    public void opened(String listener, IntSupplier connections) {}

                    @Override
                    public void refused(Refusal why) {
                        refused.add(why);
                    }
                });
    }
}
