package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.proxy.http.Documents.folders;
import static postern.proxy.http.Documents.mail;
import static postern.proxy.http.Documents.ping;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import postern.app.HostCommands;
import postern.credentials.issue.Issue.Made;
import postern.proxy.http.ActiveSyncPhone;
import postern.proxy.http.ActiveSyncPhone.Form;
import postern.proxy.http.HttpAnswer;

/** A phone, Postern and a mail server, as they meet. */
class ActiveSyncTest {

    private static final int HOUR = 3_540;

    private final PhoneServer house;
    private final HostCommands host;
    private final Made made;
    private final ActiveSyncPhone phone;

    ActiveSyncTest(@TempDir Path folder) throws Exception {
        house = PhoneServer.start(folder, "");
        host = new HostCommands(folder);
        made = house.welcome(ADA, house.server().issue(ADA));
        phone = house.phone().as(ADA.value(), made.secret());
    }

    @AfterEach
    void close() throws Exception {
        phone.close();
        house.close();
    }

    @ParameterizedTest
    @EnumSource
    void aPhoneIsProvisionedReadsItsFoldersAndWaitsUntilAMessageArrives(Form form) throws Exception {
        phone.asking(form);
        HttpAnswer options = phone.options();
        assertThat(options.status()).as(options.text()).isEqualTo(200);
        assertThat(options.head().first("MS-ASProtocolVersions").orElse("")).endsWith("16.1");

        assertThat(phone.ask("FolderSync", folders("0")).status()).isEqualTo(449);
        phone.provision();
        assertThat(phone.ask("FolderSync", folders("0")).document().find("FolderHierarchy:DisplayName"))
                .contains("Inbox of " + ADA);
        String key = phone.ask("Sync", mail("5", "0"))
                .document()
                .find("AirSync:SyncKey")
                .orElseThrow();

        phone.begin("Ping", ping("5", HOUR));
        await().until(() -> house.exchange().hanging() == 1);
        house.exchange().change(ADA.value());

        assertThat(phone.answer().document().find("Ping:Status")).contains("2");
        assertThat(phone.ask("Sync", mail("5", key)).document().find("Email:Subject"))
                .contains("Message 1 of " + ADA);
        assertThat(house.exchange().accepted()).isEqualTo(1);
    }

    @Test
    void whoShowsNothingIsAskedAndNothingGoesUpstream() throws Exception {
        HttpAnswer answer = phone.asNobody().options();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head().all("WWW-Authenticate")).containsExactly("Basic realm=\"mail\", charset=\"UTF-8\"");
        assertThat(answer.body()).isEmpty();
        assertThat(house.exchange().accepted()).isZero();
    }

    @Test
    void aRevocationEndsAHangingRequest() throws Exception {
        phone.provision();
        phone.begin("Ping", ping("5", HOUR));
        await().until(() -> house.exchange().hanging() == 1);

        String path =
                "/v1/users/" + ADA + "/app-passwords/" + made.appPassword().id();
        assertThat(house.server().admin("DELETE", path, "").statusCode()).isEqualTo(204);

        assertThat(phone.answer().status()).isEqualTo(401);
        assertThat(phone.isHungUp()).isTrue();
        await().until(() -> house.exchange().hanging() == 0);
        assertThat(house.exchange().cancelled()).isEqualTo(1);
    }

    /** Whichever way it asks; the version is not in an OPTIONS. */
    @ParameterizedTest
    @EnumSource
    void aPhoneIsListedWithWhatItSpeaks(Form form) throws Exception {
        phone.asking(form).options();
        phone.provision();

        await().untilAsserted(() -> {
            assertThat(host.execute("devices")).isZero();
            assertThat(host.said())
                    .startsWith("ada@example.org  " + made.appPassword().id() + " \"Test\"  " + phone.device()
                            + "/iPhone  activesync 14.1  first 20")
                    .endsWith("Z\ndevices: 1\n");
        });
    }

    @Test
    void aPhoneThatLeavesTakesItsRequestAlong() throws Exception {
        phone.provision();
        phone.begin("Ping", ping("5", HOUR));
        await().until(() -> house.exchange().hanging() == 1);

        phone.close();

        await().until(() -> house.exchange().cancelled() == 1);
    }
}
