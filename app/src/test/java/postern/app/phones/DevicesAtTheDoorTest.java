package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.proxy.http.Documents.folders;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.DevicePin;
import postern.credentials.Sending;
import postern.credentials.issue.Issue.Made;
import postern.credentials.issue.Order;
import postern.proxy.http.ActiveSyncPhone;
import postern.proxy.http.HttpAnswer;

/** Phones say who they are and how old they are. */
class DevicesAtTheDoorTest {

    private final PhoneServer house;
    private final Made made;

    DevicesAtTheDoorTest(@TempDir Path folder) throws Exception {
        house = PhoneServer.start(folder, """
                upstreams.mail.http.least-active-sync = "16.1"
                http.most-request-mib = 1
                """);
        house.exchange().withoutRules();
        Order order = new Order(
                ADA,
                "Her phone",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Sending.UNLIMITED,
                DevicePin.Mode.PIN);
        made = house.welcome(ADA, (Made) house.server().postern().issuer().issue(order, ROOT));
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    private ActiveSyncPhone phone() throws Exception {
        return house.phone().as(ADA.value(), made.secret()).speaking("16.1");
    }

    @Test
    void anAppPasswordBelongsToTheFirstPhoneThatUsesIt() throws Exception {
        try (ActiveSyncPhone first = phone();
                ActiveSyncPhone other = phone()) {
            assertThat(first.ask("FolderSync", folders("0")).status()).isEqualTo(200);

            // It is pinned behind the login, which does not wait for the store.
            await().until(() -> other.ask("FolderSync", folders("0")).status() == 401);
            assertThat(first.ask("FolderSync", folders("0")).status()).isEqualTo(200);
        }
    }

    @Test
    void aPhoneThatIsTooOldHearsWhyAndOfNoVersionThatWouldBeRefused() throws Exception {
        try (ActiveSyncPhone phone = phone()) {
            assertThat(phone.options().head().first("MS-ASProtocolVersions")).contains("16.1");

            HttpAnswer answer = phone.speaking("14.1").ask("FolderSync", folders("0"));

            assertThat(answer.status()).isEqualTo(505);
            assertThat(answer.text())
                    .isEqualTo(
                            "This phone speaks ActiveSync 14.1, and the mail server takes 16.1 and newer. Use IMAP on"
                                    + " it.\n");
            assertThat(house.exchange().heard()).hasSize(1);
        }
    }

    @Test
    void twoConnectionsOfADeviceAreOneSession() throws Exception {
        try (ActiveSyncPhone two = phone()) {
            try (ActiveSyncPhone one = phone()) {
                assertThat(one.options().status()).isEqualTo(200);
                assertThat(two.options().status()).isEqualTo(200);
                assertThat(sessions()).isEqualTo(1);
            }
            assertThat(two.options().status()).isEqualTo(200);
            assertThat(sessions()).isEqualTo(1);
        }
        await().untilAsserted(() -> assertThat(sessions()).isZero());
    }

    @Test
    void aRequestHasAnEnd() throws Exception {
        try (ActiveSyncPhone phone = phone()) {
            phone.say(phone.head("POST", ActiveSyncPhone.PATH + "?Cmd=SendMail&DeviceId=x&DeviceType=y")
                    .and("Content-Length", String.valueOf((1 << 20) + 1)));

            assertThat(phone.answer().status()).isEqualTo(413);
            assertThat(phone.isHungUp()).isTrue();
        }
    }

    private int sessions() throws Exception {
        String series = "postern_sessions{protocol=\"activesync\"} ";
        return house.server()
                .management("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(series.length())))
                .sum();
    }
}
