package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.Protocol;
import postern.credentials.issue.Issue.Made;
import postern.credentials.issue.Order;
import postern.proxy.http.ActiveSyncPhone;

/** Calendars and the like, by the same way and with app passwords of their own. */
class OtherPathsTest {

    private final PhoneServer house;

    OtherPathsTest(@TempDir Path folder) throws Exception {
        house = PhoneServer.start(folder, "http.paths = [ \"/dav\", \"/EWS/Exchange.asmx\" ]\n");
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private ActiveSyncPhone phone(Protocol protocol) throws Exception {
        Order order = Order.of(ADA, protocol.toString()).withProtocols(Set.of(protocol));
        Made made = house.welcome(ADA, (Made) house.server().postern().issuer().issue(order, ROOT));
        return house.phone().as(ADA.value(), made.secret());
    }

    private static int ask(ActiveSyncPhone phone, String method, String path) throws Exception {
        phone.say(phone.head(method, path).and("Depth", "1"));
        return phone.answer().status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dav", "/dav/ada%40example.org/Calendar/", "/EWS/Exchange.asmx"})
    void whatIsListedIsPassedOn(String path) throws Exception {
        try (ActiveSyncPhone phone = phone(Protocol.DAV)) {
            int status = ask(phone, "OPTIONS", path);

            assertThat(house.exchange().heard()).singleElement().satisfies(heard -> {
                assertThat(heard.target()).isEqualTo(path);
                assertThat(heard.head().first("Depth")).contains("1");
            });
            assertThat(status).isNotEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/davs", "/EWS", "/owa/", "/dav/../owa", "/ecp/dav"})
    void whatIsNotIsNot(String path) throws Exception {
        try (ActiveSyncPhone phone = phone(Protocol.DAV)) {
            assertThat(ask(phone, "GET", path)).isBetween(400, 404);
            assertThat(house.exchange().accepted()).isZero();
        }
    }

    @Test
    void anAppPasswordForOneIsNotForTheOther() throws Exception {
        try (ActiveSyncPhone calendar = phone(Protocol.DAV);
                ActiveSyncPhone mail = phone(Protocol.ACTIVESYNC)) {
            assertThat(ask(calendar, "OPTIONS", ActiveSyncPhone.PATH)).isEqualTo(401);
            assertThat(ask(mail, "OPTIONS", "/dav/")).isEqualTo(401);
            assertThat(house.exchange().accepted()).isZero();
        }
    }
}
