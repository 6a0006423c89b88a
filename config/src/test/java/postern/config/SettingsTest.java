package postern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static postern.config.SampleFiles.UPSTREAM;
import static postern.config.SampleFiles.read;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final ProxyProtocolSettings NO_PROXIES =
            new ProxyProtocolSettings(List.of(), Duration.ofSeconds(3), 1024);

    private static final BeforeLoginSettings BEFORE_LOGIN =
            new BeforeLoginSettings(8192, 4096, 30, 30, 1024, 3, 10, 100, 16_384);

    private static final Duration WAIT = Duration.ofSeconds(3);

    private static final List<String> MAIL = List.of("mail.example.org");

    private static final TlsRules MODERN = new TlsRules(
            new TreeSet<>(List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3)),
            List.of(),
            List.of(),
            TlsRules.ClientCertificates.NONE,
            Optional.empty());

    @Test
    void anEmptyFileIsAGoodFile() throws Exception {
        Settings settings = read("");

        assertThat(settings.listeners())
                .containsExactly(
                        new ListenerSettings(
                                "imap",
                                DoorProtocol.IMAP,
                                "::",
                                143,
                                ListenerTls.STARTTLS,
                                WAIT,
                                List.of(),
                                LoginByAddressSettings.NONE,
                                NameSettings.NONE,
                                Duration.ofMinutes(1),
                                BEFORE_LOGIN,
                                20_000,
                                100,
                                NO_PROXIES,
                                MODERN),
                        new ListenerSettings(
                                "imaps",
                                DoorProtocol.IMAP,
                                "::",
                                993,
                                ListenerTls.IMPLICIT,
                                WAIT,
                                List.of(),
                                LoginByAddressSettings.NONE,
                                NameSettings.NONE,
                                Duration.ofMinutes(1),
                                BEFORE_LOGIN,
                                20_000,
                                100,
                                NO_PROXIES,
                                MODERN));
        assertThat(settings.upstreams()).isEmpty();
        assertThat(settings.routes()).isEqualTo(new RouteSettings(Map.of(), Map.of(), Map.of(), Optional.empty()));
    }

    @Test
    void aFileHoldsOnlyWhatDiffers() throws Exception {
        Settings settings = read("hashing { threads = 8, queue = 2 }");

        assertThat(settings.hashing()).isEqualTo(new HashingSettings(8, 2, Duration.ofSeconds(3), 19_456, 2, 4096));
    }

    /** C-03, C-07 */
    @Test
    void whatIsRememberedAndTheGraceCanBeSwitchedOff() throws Exception {
        Settings settings = read("recent-matches.keep = 0s, store.on-store-loss-grace = 0s");

        assertThat(settings.recentMatches().keep()).isZero();
        assertThat(settings.store().grace()).isZero();
    }

    @Test
    void noThreadsMeansOnePerCore() throws Exception {
        assertThat(read("").hashing().threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void relativePathsStartAtTheDataDirectory() throws Exception {
        Settings settings = read("data-directory = /srv/postern, keys.pepper-file = /run/keys/pepper");

        assertThat(settings.tls().keyFile()).isEqualTo(Path.of("/srv/postern/tls/privkey.pem"));
        assertThat(settings.store().sqliteFile()).isEqualTo("/srv/postern/postern.db");
        assertThat(settings.keys().pepperFile()).isEqualTo(Path.of("/run/keys/pepper"));
    }

    @Test
    void aRelativeDataDirectoryStartsWherePosternDoes() throws Exception {
        assertThat(read("data-directory = data").dataDirectory())
                .isEqualTo(Path.of("data").toAbsolutePath());
    }

    @Test
    void aStoreInMemoryIsNoPath() throws Exception {
        assertThat(read("store.sqlite-file = \":memory:\"").store().sqliteFile())
                .isEqualTo(StoreSettings.IN_MEMORY);
    }

    @Test
    void theStoreIsAFileUntilSomebodyWantsAServer() throws Exception {
        assertThat(read("").store().engine()).isEqualTo(StoreEngine.SQLITE);
        assertThat(read("").store().postgresql().password()).isEmpty();

        StoreSettings shared = read("""
                store {
                  engine = postgresql
                  postgresql { url = "jdbc:postgresql://db/postern", password = { env = POSTERN_MASTER } }
                  poll-interval = 500ms
                }
                """).store();

        assertThat(shared.engine()).isEqualTo(StoreEngine.POSTGRESQL);
        assertThat(shared.pollInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(shared.postgresql().url()).isEqualTo("jdbc:postgresql://db/postern");
        assertThat(shared.postgresql().user()).isEqualTo("postern");
        assertThat(shared.postgresql().password().map(Secret::reveal)).contains(SampleFiles.MASTER_PASSWORD);
        assertThat(shared.toString()).doesNotContain(SampleFiles.MASTER_PASSWORD);
    }

    @Test
    void aListenerOfTheOperatorFallsBackToTheDefaults() throws Exception {
        Settings settings = read("""
                listener-defaults.login-timeout = 2m
                listeners.old-phones { protocol = imap, port = 1143, tls = starttls }
                """);

        assertThat(settings.listeners())
                .contains(new ListenerSettings(
                        "old-phones",
                        DoorProtocol.IMAP,
                        "::",
                        1143,
                        ListenerTls.STARTTLS,
                        WAIT,
                        List.of(),
                        LoginByAddressSettings.NONE,
                        NameSettings.NONE,
                        Duration.ofMinutes(2),
                        BEFORE_LOGIN,
                        20_000,
                        100,
                        NO_PROXIES,
                        MODERN));
    }

    @Test
    void theDoorOfDevicesIsOffAndTrustsNobody() throws Exception {
        ListenerSettings devices =
                read("listeners.devices.enabled = true").listeners().getFirst();

        assertThat(devices.name()).isEqualTo("devices");
        assertThat(devices.protocol()).isEqualTo(DoorProtocol.SMTP);
        assertThat(devices.tls()).isEqualTo(ListenerTls.AUTODETECT);
        assertThat(devices.cleartextNetworks()).isEmpty();
        assertThat(devices.tlsRules()).isEqualTo(MODERN);
    }

    @Test
    void fromALegacyNetworkEveryVersionIsTaken() throws Exception {
        TlsRules rules = read("listeners.imaps.tls-rules.legacy-networks = [ \"10.1.0.0/16\" ]")
                .listeners()
                .getLast()
                .tlsRules();

        assertThat(rules.versions()).isEqualTo(MODERN.versions());
        assertThat(rules.forLegacy().versions()).containsExactly(TlsVersion.values());
    }

    @Test
    void aListenerThatIsSwitchedOffIsNotThere() throws Exception {
        assertThat(read("listeners.imap.enabled = off").listeners())
                .extracting(ListenerSettings::name)
                .containsExactly("imaps");
    }

    @Test
    void aListenerThatIsSwitchedOffIsCheckedAllTheSame() {
        assertThatThrownBy(() -> read("listeners.imap { enabled = off, port = 77777 }"))
                .hasMessage("postern.conf: 1: listeners.imap.port: 77777 (expected: 0 to 65535)");
    }

    @Test
    void anUpstreamFallsBackToTheDefaultsInsideItsSectionsToo() throws Exception {
        UpstreamSettings main = read("""
                upstream-defaults { imap.tls = starttls, login.strategy = authzid }
                upstreams.main {
                  host = mail.example.org
                  imap.port = 143
                  ca-file = ca.pem
                  login { user = postern, password = { env = POSTERN_MASTER } }
                }
                """).upstreams().values().iterator().next();

        assertThat(main.imap())
                .isEqualTo(new UpstreamImapSettings(new UpstreamDoorSettings(MAIL, 143, UpstreamTls.STARTTLS), true));
        assertThat(main.trust().caFile()).contains(Path.of("/var/lib/postern/ca.pem"));
        assertThat(main.login()).isInstanceOf(UpstreamLoginSettings.Authzid.class);
    }

    @Test
    void anUpstreamHasADoorForEachProtocol() throws Exception {
        UpstreamSettings main = main("pop3.port = 110, pop3.tls = starttls, smtp.port = 587");

        assertThat(main.pop3()).isEqualTo(new UpstreamDoorSettings(MAIL, 110, UpstreamTls.STARTTLS));
        assertThat(main.smtp())
                .isEqualTo(new UpstreamSmtpSettings(
                        new UpstreamDoorSettings(MAIL, 587, UpstreamTls.IMPLICIT),
                        List.of("PIPELINING", "SIZE", "8BITMIME")));
    }

    @Test
    void anUpstreamPromisesKeywordsAndNothingElse() throws Exception {
        assertThat(main("smtp.extensions = \"\"").smtp().extensions()).isEmpty();
        assertThatThrownBy(() -> main("smtp.extensions = \"SIZE\\r\\nAUTH\""))
                .hasMessageContaining("upstreams.main.smtp.extensions: ")
                .hasMessageContaining("(expected: keywords in capitals, a space between two)");
    }

    private static UpstreamSettings main(String more) throws Exception {
        return read(UPSTREAM + "upstreams.main { " + more + " }")
                .upstreams()
                .values()
                .iterator()
                .next();
    }

    @Test
    void doorsThatMayLeadNowhereAreShutUntilTheyAreOpened() throws Exception {
        assertThat(read("listeners { pop3s.enabled = true, submission.enabled = true }")
                        .listeners())
                .extracting(ListenerSettings::name, ListenerSettings::protocol, ListenerSettings::port)
                .containsExactlyInAnyOrder(
                        tuple("imap", DoorProtocol.IMAP, 143),
                        tuple("imaps", DoorProtocol.IMAP, 993),
                        tuple("pop3s", DoorProtocol.POP3, 995),
                        tuple("submission", DoorProtocol.SMTP, 587));
    }

    @Test
    void aServerIsCalledAsItIsToldOrAsItsMachine() throws Exception {
        assertThat(read("").serverName()).isEmpty();
        assertThat(read("server-name = mail.example.org").serverName()).contains("mail.example.org");
        assertThatThrownBy(() -> read("server-name = \"mail example\"")).hasMessageContaining("a host name");
    }

    @Test
    void domainsAreReadWithoutRegardToCapitals() throws Exception {
        Settings settings = read(UPSTREAM + "routes { default = main, domains { \"Example.ORG\" = main } }");

        assertThat(settings.routes())
                .isEqualTo(new RouteSettings(Map.of(), Map.of(), Map.of("example.org", "main"), Optional.of("main")));
    }

    @Test
    void namesAreReadByTheListenersOwnRulesOrTheDefaults() throws Exception {
        Settings settings = read("""
                listener-defaults.names { default-domain = example.org, windows-domains { EXAMPLE = example.org } }
                listeners.imap.names.windows-domains { Other = other.example }
                """);

        assertThat(settings.listeners())
                .extracting(ListenerSettings::names)
                .containsExactly(
                        new NameSettings(Optional.of("example.org"), Map.of("other", "other.example")),
                        new NameSettings(Optional.of("example.org"), Map.of("example", "example.org")));
    }

    @Test
    void whoseWordIsTakenForWhereAClientComesFromIsEachListenersOwnMatter() throws Exception {
        Settings settings = read("""
                listener-defaults.proxy-protocol.timeout = 1s
                listeners.imap.proxy-protocol.from = [ "10.0.0.0/8", "2001:db8::7" ]
                """);

        assertThat(settings.listeners())
                .extracting(ListenerSettings::proxyProtocol)
                .containsExactly(
                        new ProxyProtocolSettings(List.of("10.0.0.0/8", "2001:db8::7"), Duration.ofSeconds(1), 1024),
                        new ProxyProtocolSettings(List.of(), Duration.ofSeconds(1), 1024));
    }

    @Test
    void whatHoldsForAllListenersMayBeAList() throws Exception {
        assertThat(read("listener-defaults.proxy-protocol.from = [ \"10.0.0.7\" ]")
                        .listeners())
                .allMatch(listener -> listener.proxyProtocol().from().equals(List.of("10.0.0.7")));
    }

    @Test
    void aListenerOfOldDevicesIsAloneWithOldTls() throws Exception {
        Settings settings = read("listeners.imaps.tls-rules.versions = [ 1.0, \"1.2\" ]");

        assertThat(settings.listeners())
                .extracting(
                        ListenerSettings::name, listener -> listener.tlsRules().isLegacy())
                .containsExactly(tuple("imap", false), tuple("imaps", true));
        assertThat(settings.listeners().get(1).tlsRules().versions())
                .containsExactly(TlsVersion.TLS_1_0, TlsVersion.TLS_1_2);
    }

    @Test
    void moreCertificatesStandBesideTheFirst() throws Exception {
        TlsSettings tls = read("""
                tls.certificate-defaults.names = [ "*.example.org" ]
                tls.certificates.rsa { certificate-file = tls/rsa.pem, key-file = /run/rsa.key }
                """).tls();

        assertThat(tls.all())
                .extracting(CertificateSettings::name, CertificateSettings::names)
                .containsExactly(tuple("default", List.of()), tuple("rsa", List.of("*.example.org")));
        assertThat(tls.certificates().getFirst().certificateFile()).isEqualTo(Path.of("/var/lib/postern/tls/rsa.pem"));
    }
}
