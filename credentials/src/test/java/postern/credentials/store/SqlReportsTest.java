package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.Actor;
import postern.credentials.AppPasswordId;
import postern.credentials.DeviceUse;
import postern.credentials.FamiliarSource;
import postern.credentials.Held;
import postern.credentials.HoldKind;
import postern.credentials.LegacyTlsNeed;
import postern.credentials.LegacyTlsUse;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditEvent.Outcome;
import postern.credentials.audit.AuditKind;
import postern.credentials.report.DeviceFilter;
import postern.credentials.report.Reports.Device;
import postern.credentials.report.Reports.Failures;
import postern.credentials.report.Reports.Familiar;
import postern.credentials.report.Reports.Place;
import postern.credentials.report.Reports.StaleSecret;
import postern.credentials.report.Reports.Time;

/** What is in the way of Ada, her scanner, and a name that nobody has. */
@ParameterizedClass
@EnumSource
class SqlReportsTest {

    private static final LoginName EVE = new LoginName("eve@example.org");
    private static final Time THAT_DAY = new Time(MONDAY, MONDAY.plusSeconds(86_400));

    private final Random random = new Random(2026);
    private final SampleStore store;
    private final SqlReports reports;

    SqlReportsTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.reports = new SqlReports(store.database());
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
    void holdsThatLastAreListedByKind() throws Exception {
        SharedHold name = new SharedHold(Held.name(ADA), 1, MONDAY.plusSeconds(60));
        SharedHold source = new SharedHold(Held.source(SourceNetwork.parse("192.0.2.7")), 2, MONDAY.plusSeconds(60));
        SharedHold over = new SharedHold(Held.name(EVE), 1, MONDAY);
        store.holds().began(List.of(name, source, over));

        assertThat(reports.holds(Optional.empty(), Place.BEFORE_ALL, 10, MONDAY))
                .containsExactly(name, source);
        assertThat(reports.holds(Optional.of(HoldKind.SOURCE), Place.BEFORE_ALL, 10, MONDAY))
                .containsExactly(source);
        assertThat(reports.holds(Optional.empty(), new Place("name", ADA.value()), 1, MONDAY))
                .containsExactly(source);
    }

    @Test
    void familiarSourcesAreListedOfOneAccount() throws Exception {
        SourceNetwork home = SourceNetwork.parse("192.0.2.7");
        SourceNetwork office = SourceNetwork.parse("198.51.100.1");
        store.familiarSources()
                .seen(
                        Map.of(
                                new FamiliarSource(ADA, home),
                                MONDAY,
                                new FamiliarSource(ADA, office),
                                MONDAY.plusSeconds(1)),
                        10);

        assertThat(reports.familiarSources(ADA, "", 1)).containsExactly(new Familiar(home, MONDAY));
        assertThat(reports.familiarSources(ADA, home.toString(), 1))
                .containsExactly(new Familiar(office, MONDAY.plusSeconds(1)));
        assertThat(reports.familiarSources(EVE, "", 1)).isEmpty();
    }

    @Test
    void whoNeedsAnOldTlsIsListed() throws Exception {
        LegacyTlsUse use = new LegacyTlsUse(MONDAY, "old-devices", Protocol.IMAP, "1.0", Optional.empty());
        store.legacyTls().used(Map.of(SCANNER_ID, use));

        assertThat(reports.legacyTls("", 10))
                .containsExactly(new LegacyTlsNeed(ADA, SCANNER_ID, SCANNER.name(), use, 1));
        assertThat(reports.legacyTls(SCANNER_ID.value(), 10)).isEmpty();
    }

    @Test
    void devicesAreListedAlsoByTheActiveSyncThatTheySpeak() throws Exception {
        Map<DeviceUse.Key, DeviceUse> uses = Map.of(
                key("old phone", Protocol.ACTIVESYNC), use("12.1"),
                key("older phone", Protocol.ACTIVESYNC), use("2.5"),
                key("new phone", Protocol.ACTIVESYNC), use("16.1"),
                key("Outlook", Protocol.IMAP), new DeviceUse(MONDAY, "Outlook", Optional.empty()));
        store.deviceUses().used(uses, 10);

        DeviceFilter old = DeviceFilter.ALL.thatSpeaks(Set.of("2.5", "12.1"));
        List<Device> first = reports.devices(old, Place.BEFORE_ALL, 1);
        assertThat(reports.devices(old, Place.BEFORE_ALL, 10))
                .extracting(Device::device)
                .containsExactly("old phone", "older phone");
        assertThat(reports.devices(old, first.getFirst().place(), 10))
                .extracting(Device::device)
                .containsExactly("older phone");
        assertThat(devices(DeviceFilter.ALL)).containsExactly("new phone", "old phone", "older phone", "Outlook");
        assertThat(devices(DeviceFilter.ALL.withOwner(ADA).withAppPassword(SCANNER_ID)))
                .hasSize(4);
        assertThat(devices(DeviceFilter.ALL.withOwner(EVE))).isEmpty();
        assertThat(devices(DeviceFilter.ALL.withAppPassword(new AppPasswordId("apw_0000000000000000"))))
                .isEmpty();
    }

    /** Page by page. */
    private List<String> devices(DeviceFilter filter) throws Exception {
        List<String> all = new ArrayList<>();
        List<Device> page = reports.devices(filter, Place.BEFORE_ALL, 3);
        while (!page.isEmpty()) {
            page.forEach(one -> all.add(one.device()));
            page = reports.devices(filter, page.getLast().place(), 3);
        }
        return all;
    }

    @Test
    void failuresAreCountedByNameAndReason() throws Exception {
        store.trail()
                .append(List.of(
                        failed(ADA, "no_match", MONDAY),
                        failed(ADA, "no_match", MONDAY.plusSeconds(60)).times(9),
                        failed(ADA, "expired", MONDAY),
                        failed(EVE, "no_match", MONDAY),
                        failed(ADA, "no_match", MONDAY.minusSeconds(1)),
                        event(AuditKind.LOGIN_FAILED, MONDAY)
                                .ended(Outcome.FAILURE, "no_match")
                                .times(100),
                        event(AuditKind.LOGIN_SUCCESS, MONDAY).about(ADA, SCANNER_ID)));

        Failures nobodys = new Failures("", "no_match", 100, MONDAY);
        Failures expired = new Failures(ADA.value(), "expired", 1, MONDAY);
        Failures wrong = new Failures(ADA.value(), "no_match", 10, MONDAY.plusSeconds(60));
        Failures eves = new Failures(EVE.value(), "no_match", 1, MONDAY);
        assertThat(reports.loginFailures(THAT_DAY, Optional.empty(), Place.BEFORE_ALL, 10))
                .containsExactly(nobodys, expired, wrong, eves);
        assertThat(reports.loginFailures(THAT_DAY, Optional.empty(), expired.place(), 1))
                .containsExactly(wrong);
        assertThat(reports.loginFailures(THAT_DAY, Optional.of(ADA), Place.BEFORE_ALL, 10))
                .containsExactly(expired, wrong);
        assertThat(reports.loginFailures(
                        new Time(MONDAY.minusSeconds(9), MONDAY), Optional.empty(), nobodys.place(), 9))
                .containsExactly(new Failures(ADA.value(), "no_match", 1, MONDAY.minusSeconds(1)));
    }

    @Test
    void whatIsTriedAlthoughItIsRevokedIsListed() throws Exception {
        store.credentials().revoke(ADA, SCANNER_ID, ROOT);
        store.trail().append(List.of(stale(MONDAY.plusSeconds(60)), stale(MONDAY.plusSeconds(90_000))));

        StaleSecret scanner = new StaleSecret(
                SCANNER_ID, ADA, SCANNER.name(), ROOT.at(), 2, MONDAY.plusSeconds(60), MONDAY.plusSeconds(90_000));
        assertThat(reports.staleSecrets(MONDAY, "", 10)).containsExactly(scanner);
        assertThat(reports.staleSecrets(MONDAY, SCANNER_ID.value(), 10)).isEmpty();
        assertThat(reports.staleSecrets(MONDAY.plusSeconds(90_001), "", 10)).isEmpty();
    }

    private AuditEvent stale(Instant at) {
        return event(AuditKind.APP_PASSWORD_STALE_USE, at)
                .about(ADA, SCANNER_ID)
                .ended(Outcome.FAILURE, "revoked");
    }

    private AuditEvent failed(LoginName name, String reason, Instant at) {
        return event(AuditKind.LOGIN_FAILED, at).about(name).ended(Outcome.FAILURE, reason);
    }

    private AuditEvent event(AuditKind kind, Instant at) {
        return AuditEvent.of(kind, Actor.system("login"), at, random);
    }

    private static DeviceUse.Key key(String device, Protocol protocol) {
        return new DeviceUse.Key(SCANNER_ID, protocol, device);
    }

    private static DeviceUse use(String speaks) {
        return new DeviceUse(MONDAY, "a phone", Optional.of(speaks));
    }
}
