package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.credentials.SourceNetwork;
import postern.credentials.issue.Issue.Made;
import postern.credentials.issue.Order;
import postern.proxy.http.ActiveSyncPhone;

/** Their address is what a trusted one says it is, by HTTP as by all else. */
class PhonesBehindALoadBalancerTest {

    private final PhoneServer house;
    private final Made made;

    PhonesBehindALoadBalancerTest(@TempDir Path folder) throws Exception {
        house = PhoneServer.start(folder, "listeners.https.proxy-protocol.from = [ \"127.0.0.2\" ]\n");
        Order order = Order.of(ADA, "At home").withNetworks(List.of(SourceNetwork.parse("192.0.2.0/24")));
        made = house.welcome(ADA, (Made) house.server().postern().issuer().issue(order, ROOT));
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 200", "198.51.100.7, 401"})
    void theNetworkOfAnAppPasswordIsThatOfThePhone(String address, int status) throws Exception {
        String header = "PROXY TCP4 " + address + " 127.0.0.1 4711 443\r\n";
        try (ActiveSyncPhone phone = house.phone("127.0.0.2", header).as(ADA.value(), made.secret())) {
            assertThat(phone.options().status()).isEqualTo(status);
        }
    }

    @Test
    void whoSaysSoUnaskedIsNobodysLoadBalancer() throws Exception {
        try (ActiveSyncPhone phone = house.phone()) {
            phone.say("PROXY TCP4 192.0.2.7 127.0.0.1 4711 443\r\n");

            assertThat(phone.isHungUp()).isTrue();
        }
    }
}
