package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.AppPasswordId;
import postern.credentials.DeviceSeen;
import postern.credentials.DeviceUse;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;

/** Which devices log in with an app password. */
@ParameterizedClass
@EnumSource
class SqlDeviceUsesTest {

    private static final AppPasswordId GONE = new AppPasswordId("apw_goneforlong00001");
    private static final DeviceUse.Key IPHONE = key("ApplC39", Protocol.ACTIVESYNC);
    private static final DeviceUse.Key OUTLOOK = key("Outlook", Protocol.IMAP);
    private static final int MOST = 20;

    private final SampleStore store;
    private final SqlDeviceUses devices;

    SqlDeviceUsesTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.devices = store.deviceUses();
    }

    @BeforeEach
    void adaHasAScanner() throws Exception {
        store.accounts().add(Account.person(ADA, MONDAY.minusSeconds(7200)), ROOT);
        store.credentials().add(SCANNER, 40, ROOT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void eachIsToldOfWithItsFirstAndItsLastUse() throws Exception {
        Instant later = MONDAY.plusSeconds(3600);
        write(IPHONE, use(MONDAY, "ApplC39/iPhone", "14.1"));
        write(OUTLOOK, use(MONDAY, "Outlook/14.0"));
        write(IPHONE, use(later, "ApplC39/iPhone15", "16.1"));

        List<DeviceSeen> seen = List.of(
                seen(IPHONE, MONDAY, use(later, "ApplC39/iPhone15", "16.1")),
                seen(OUTLOOK, MONDAY, use(MONDAY, "Outlook/14.0")));
        assertThat(devices.all()).isEqualTo(seen);
        assertThat(devices.of(ADA)).isEqualTo(seen);
        assertThat(devices.of(SCANNER_ID)).isEqualTo(seen);
        assertThat(devices.of(new LoginName("bob@example.org"))).isEmpty();
        assertThat(devices.of(GONE)).isEmpty();
    }

    @Test
    void theSameNameByAnotherProtocolIsAnotherOne() throws Exception {
        write(OUTLOOK, use(MONDAY, "Outlook"));
        write(key("Outlook", Protocol.SMTP), use(MONDAY, "Outlook"));

        assertThat(devices.all())
                .extracting(DeviceSeen::protocol)
                .containsExactlyInAnyOrder(Protocol.IMAP, Protocol.SMTP);
    }

    @Test
    void ofTwoNodesReportsTheLaterStays() throws Exception {
        write(OUTLOOK, use(MONDAY.plusSeconds(60), "Outlook/16"));
        write(OUTLOOK, use(MONDAY.plusSeconds(30), "Outlook/14"));

        assertThat(devices.all())
                .containsExactly(seen(OUTLOOK, MONDAY.plusSeconds(60), use(MONDAY.plusSeconds(60), "Outlook/16")));
    }

    /** OPTIONS asks for versions, and says none. */
    @Test
    void whatAPhoneSpeaksStaysWhenItDoesNotSaySoAgain() throws Exception {
        write(IPHONE, use(MONDAY, "ApplC39", "16.1"));
        write(IPHONE, use(MONDAY.plusSeconds(3600), "ApplC39"));

        assertThat(devices.all())
                .extracting(DeviceSeen::last)
                .containsExactly(use(MONDAY.plusSeconds(3600), "ApplC39", "16.1"));
    }

    @Test
    void whoIsUnusedForLongestGoesWhenThereAreTooMany() throws Exception {
        write(IPHONE, use(MONDAY, "ApplC39"));
        write(OUTLOOK, use(MONDAY.plusSeconds(100), "Outlook"));
        Map<DeviceUse.Key, DeviceUse> office = new HashMap<>();
        for (int i = 1; i < MOST; i++) {
            office.put(key("pc" + i, Protocol.SMTP), use(MONDAY.plusSeconds(i), "pc" + i));
        }
        devices.used(office, MOST);

        assertThat(devices.all())
                .hasSize(MOST)
                .extracting(one -> one.last().shown())
                .contains("Outlook", "pc1")
                .doesNotContain("ApplC39");
    }

    @Test
    void ofAnAppPasswordThatIsGoneOrRevokedNothingIsWritten() throws Exception {
        write(new DeviceUse.Key(GONE, Protocol.IMAP, "mutt"), use(MONDAY, "mutt"));
        store.credentials().revoke(ADA, SCANNER_ID, ROOT);
        write(OUTLOOK, use(MONDAY, "Outlook"));

        assertThat(rows()).isZero();
    }

    @Test
    void whatIsRevokedIsNotToldOfAndForgottenWithinTheHour() throws Exception {
        write(OUTLOOK, use(MONDAY, "Outlook"));

        store.credentials().revoke(ADA, SCANNER_ID, ROOT);

        assertThat(devices.all()).isEmpty();
        keepHouse(MONDAY);
        assertThat(rows()).isZero();
    }

    @Test
    void nothingKeepsAnAppPasswordFromBeingForgotten() throws Exception {
        write(OUTLOOK, use(MONDAY, "Outlook"));
        store.credentials().revoke(ADA, SCANNER_ID, ROOT);

        assertThat(store.credentials().forgetRevoked(MONDAY.plusSeconds(1))).isOne();

        assertThat(rows()).isZero();
    }

    @Test
    void whoWasNotSeenForAYearIsForgotten() throws Exception {
        write(IPHONE, use(MONDAY, "ApplC39"));
        write(OUTLOOK, use(MONDAY.plusSeconds(1), "Outlook"));

        keepHouse(MONDAY.plus(Duration.ofDays(365)).plusMillis(1));

        assertThat(devices.all()).extracting(one -> one.last().shown()).containsExactly("Outlook");
    }

    @Test
    void itGoesWithTheAccount() throws Exception {
        write(OUTLOOK, use(MONDAY, "Outlook"));

        assertThat(store.accounts().erase(ADA, ROOT)).isTrue();

        assertThat(rows()).isZero();
    }

    private void keepHouse(Instant now) {
        new Housekeeping(List.of(devices::forgetUnused), () -> now).clean();
    }

    private int rows() throws StoreUnavailableException {
        return store.database()
                .read(sql -> sql.createQuery("SELECT count(*) FROM device_uses")
                        .mapTo(Integer.class)
                        .one());
    }

    private void write(DeviceUse.Key key, DeviceUse use) throws StoreUnavailableException {
        devices.used(Map.of(key, use), MOST);
    }

    private static DeviceUse.Key key(String device, Protocol protocol) {
        return new DeviceUse.Key(SCANNER_ID, protocol, device);
    }

    private static DeviceUse use(Instant at, String shown) {
        return new DeviceUse(at, shown, Optional.empty());
    }

    private static DeviceUse use(Instant at, String shown, String speaks) {
        return new DeviceUse(at, shown, Optional.of(speaks));
    }

    private static DeviceSeen seen(DeviceUse.Key key, Instant first, DeviceUse last) {
        return new DeviceSeen(ADA, SCANNER_ID, SCANNER.name(), key.protocol(), first, last);
    }
}
