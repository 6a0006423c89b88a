package postern.config;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything an operator can set. Defaults live in {@code reference.conf} and nowhere else.
 *
 * @param serverName what the server calls itself; empty: as the machine is called
 */
public record Settings(
        Path dataDirectory,
        Optional<String> serverName,
        List<ListenerSettings> listeners,
        TlsSettings tls,
        Map<String, UpstreamSettings> upstreams,
        RouteSettings routes,
        StoreSettings store,
        KeySettings keys,
        HashingSettings hashing,
        RecentMatchSettings recentMatches,
        LockoutSettings lockout,
        AnswerSettings answers,
        PolicySettings policy,
        AuditSettings audit,
        HttpSettings http,
        ConsentSettings consent,
        ClientSetupSettings clientSetup,
        AdminSettings admin,
        ManagementSettings management,
        ConnectionSettings connections,
        SessionSettings sessions,
        ShutdownSettings shutdown,
        LoggingSettings logging) {

    /** Reads the operator's file over the defaults, or throws all that is wrong with it. */
    public static Settings load(Path file, Map<String, String> environment) throws SettingsException {
        return read(Hocon.parse(file), environment);
    }

    /** The same for what is a file already read. */
    public static Settings read(Config file, Map<String, String> environment) throws SettingsException {
        SettingsReader reader = new SettingsReader(file, environment);
        Settings settings = from(reader.root());
        reader.complain();
        return settings;
    }

    /** What is allowed and should not last: for whoever starts the server or checks the file. */
    public List<String> warnings() {
        return upstreams.values().stream()
                .filter(upstream -> !upstream.trust().checksName())
                .map(upstream -> "upstreams." + upstream.name()
                        + ".check-name: off (whoever has a certificate of any name is taken for it)")
                .toList();
    }

    /** The operator's manual: the text of {@code reference.conf}. */
    public static String reference() {
        return Hocon.referenceText();
    }

    private static Settings from(Section in) {
        Map<String, UpstreamSettings> upstreams =
                in.named("upstreams", "upstream-profiles", "upstream-defaults", UpstreamSettings::from);
        Optional<String> serverName = Optional.of(
                        in.text("server-name", "a host name", text -> text.matches("[A-Za-z0-9.-]*")))
                .filter(name -> !name.isEmpty());
        Settings settings = new Settings(
                in.base(),
                serverName,
                in.named("listeners", "listener-defaults", ListenerSettings::from).values().stream()
                        .flatMap(Optional::stream)
                        .toList(),
                TlsSettings.from(in.section("tls")),
                upstreams,
                RouteSettings.from(in.section("routes"), upstreams.keySet()),
                StoreSettings.from(in.section("store")),
                KeySettings.from(in.section("keys")),
                HashingSettings.from(in.section("hashing")),
                RecentMatchSettings.from(in.section("recent-matches")),
                LockoutSettings.from(in.section("lockout")),
                AnswerSettings.from(in.section("answers")),
                PolicySettings.from(in.section("policy")),
                AuditSettings.from(in.section("audit")),
                HttpSettings.from(in.section("http")),
                ConsentSettings.from(in.section("consent")),
                ClientSetupSettings.from(in.section("client-setup")),
                AdminSettings.from(in.section("admin")),
                ManagementSettings.from(in.section("management")),
                ConnectionSettings.from(in.section("connections")),
                SessionSettings.from(in.section("sessions")),
                ShutdownSettings.from(in.section("shutdown")),
                LoggingSettings.from(in.section("logging")));
        in.refuseLoops(serverName);
        return settings;
    }
}
