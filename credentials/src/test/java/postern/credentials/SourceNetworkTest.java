package postern.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceNetworkTest {

    /** L-03, L-05 */
    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9/32",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::ffff, 2001:db8:1:2:0:0:0:0/64"
    })
    void aSourceIsAnIpv4AddressOrTheNetworkThatAnIpv6HostRoamsIn(String client, String source) throws Exception {
        assertThat(of(client)).hasToString(source).isEqualTo(SourceNetwork.parse(source));
    }

    /** L-11: the JDK folds the text by itself, but not the bytes that come out of a PROXY header. */
    @Test
    void anIpv4AddressInIpv6ClothesIsTheIpv4Address() throws Exception {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -53, 0, 113, 9};

        assertThat(SourceNetwork.of(Inet6Address.getByAddress(null, mapped, -1)))
                .isEqualTo(of("203.0.113.9"))
                .hasToString("203.0.113.9/32");
    }

    /** L-11 */
    @Test
    void aZoneMakesNoOtherSource() throws Exception {
        byte[] linkLocal = {-2, -128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

        assertThat(SourceNetwork.of(Inet6Address.getByAddress(null, linkLocal, 3)))
                .isEqualTo(SourceNetwork.of(Inet6Address.getByAddress(null, linkLocal, -1)));
    }

    /** L-05 */
    @Test
    void knowsTheWiderNetworksAround() throws Exception {
        assertThat(of("203.0.113.9").wider()).containsExactly(SourceNetwork.parse("203.0.113.0/24"));
        assertThat(of("2001:db8:1:2ff::1").wider())
                .containsExactly(SourceNetwork.parse("2001:db8:1:200::/56"), SourceNetwork.parse("2001:db8:1::/48"));
    }

    /** L-08 */
    @ParameterizedTest
    @CsvSource({
        "203.0.113.0/24, 203.0.113.255, true",
        "203.0.113.0/24, 203.0.114.0, false",
        "203.0.113.9, 203.0.113.9, true",
        "0.0.0.0/0, 198.51.100.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "2001:db8::1, 2001:db8::1, true",
        "2001:db8::1, 2001:db8::2, false",
        "2001:db8::/33, 2001:db8:8000::, false"
    })
    void containsItsAddresses(String network, String client, boolean contained) throws Exception {
        assertThat(SourceNetwork.parse(network).contains(InetAddress.getByName(client)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.0/33",
                "192.0.2.0/4294967290",
                "::/129",
                "203.0.113.0/-1",
                "203.0.113.0/",
                "mail.example.org",
                ""
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> SourceNetwork.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SourceNetwork of(String client) throws Exception {
        return SourceNetwork.of(InetAddress.getByName(client));
    }
}
