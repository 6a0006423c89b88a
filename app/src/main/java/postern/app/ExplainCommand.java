package postern.app;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import postern.config.ListenerSettings;
import postern.config.Settings;
import postern.config.SettingsException;
import postern.credentials.AccountSnapshot;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.StoreReading;
import postern.proxy.listen.LoginByAddress;
import postern.proxy.listen.TrustedNetworks;

/** For the help desk: reads what a login would meet, and changes nothing. */
@Command(
        name = "explain",
        description =
                "Say what a login would meet, and why, also while the server runs. No secret is asked for or shown.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    private static final InstantSource CLOCK = InstantSource.system();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Main.ConfigOption config;

    @Parameters(index = "0", paramLabel = "USER", description = "The login name, or an alias, with its domain.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String user;

    @Parameters(index = "1", paramLabel = "PROTOCOL", description = "imap, pop3, smtp, activesync or dav.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String protocol;

    @Parameters(index = "2", paramLabel = "ADDRESS", description = "The IP address that the client comes from.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String address;

    /** What is asked about. */
    record Question(LoginName typed, Protocol protocol, InetAddress client) {}

    @Override
    public Integer call() throws SettingsException, StartException {
        Question question = question();
        Settings settings = config.load();
        try (StoreReading store = DataDirectory.reading(settings.store())) {
            spec.commandLine()
                    .getOut()
                    .print(explanation(question, settings, store).text());
            spec.commandLine().getOut().flush();
            return 0;
        } catch (StoreUnavailableException e) {
            throw new StartException("store: " + e.getMessage(), e);
        }
    }

    private Question question() {
        try {
            return new Question(new LoginName(user), Protocol.parse(protocol), client());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private InetAddress client() {
        try {
            return InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("address: " + address + " (expected: an IP address)", e);
        }
    }

    private static Explanation explanation(Question question, Settings settings, StoreReading store)
            throws StoreUnavailableException, StartException {
        Instant now = CLOCK.instant();
        Optional<AccountSnapshot> account =
                store.account(question.typed(), PolicyWiring.configuration(settings.policy()));
        LoginName name = account.map(known -> known.account().loginName()).orElse(question.typed());
        LoginName mailbox = account.map(known -> known.account().mailbox()).orElse(question.typed());
        return new Explanation(
                question,
                now,
                account,
                account.isPresent() ? store.lastUses(name) : Map.of(),
                account.isPresent() ? store.devices(name) : List.of(),
                store.holds(now).stream()
                        .filter(hold -> hold.held().touches(name, question.client()))
                        .toList(),
                byAddress(settings.listeners(), question.client()),
                LockoutWiring.lists(settings.lockout(), () -> now),
                settings.lockout(),
                settings.routes()
                        .route(
                                name.value(),
                                account.flatMap(known -> known.account().group()),
                                mailbox.domain())
                        .map(route -> new Explanation.Found(
                                Objects.requireNonNull(settings.upstreams().get(route.upstream())), route.rule())));
    }

    private static Map<String, LoginByAddress> byAddress(List<ListenerSettings> listeners, InetAddress client) {
        Map<String, LoginByAddress> known = new TreeMap<>();
        for (ListenerSettings listener : listeners) {
            new TrustedNetworks(listener).of(client).byAddress().ifPresent(login -> known.put(listener.name(), login));
        }
        return known;
    }
}
