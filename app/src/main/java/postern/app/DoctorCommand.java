package postern.app;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import postern.app.doctor.Doctor;
import postern.app.doctor.Doctor.Instruments;
import postern.app.doctor.Doctor.Patient;
import postern.app.doctor.Report;
import postern.config.OAuthSettings;
import postern.config.OAuthSettings.Grant;
import postern.config.RouteSettings.Route;
import postern.config.Settings;
import postern.config.SettingsException;
import postern.config.UpstreamLoginSettings;
import postern.config.UpstreamLoginSettings.OAuth;
import postern.config.UpstreamSettings;
import postern.credentials.Account;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.proxy.imap.ImapUpstreamLanguage;
import postern.proxy.listen.EventLoops;
import postern.proxy.observe.Metrics;
import postern.proxy.pop3.Pop3UpstreamLanguage;
import postern.proxy.session.OwnConnections;
import postern.proxy.smtp.SmtpUpstreamLanguage;
import postern.proxy.upstream.Dialer;
import postern.proxy.upstream.ProofSource;

/** Tries the way upstream, and says what is wrong with it. Needs no running server, and does one no harm. */
@Command(
        name = "doctor",
        description =
                "Try the mail servers as a client's login would, and say of what fails why, and what to do. No secret is shown.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final int UNWELL = 1;

    private static final InstantSource CLOCK = InstantSource.system();

    private final Metrics metrics = new Metrics(); // which nobody reads

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Main.ConfigOption config;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "USER",
            description = "Whose mailbox to open: a login name or an alias. Without one, nobody is logged in.")
    private @Nullable String user;

    @Override
    public Integer call() throws SettingsException, StartException {
        Optional<LoginName> asked = Optional.ofNullable(user).map(this::name);
        Settings settings = config.load();
        try (Shutdown shutdown = new Shutdown()) {
            shutdown.of("log", Logging.hushed());
            return asked.isPresent()
                    ? StoreCommand.on(settings, stores -> tell(of(asked.get(), settings, stores, shutdown)))
                    : tell(doctor(settings, shutdown).examine(all(settings, shutdown)));
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private int tell(Report report) {
        spec.commandLine().getOut().print(report.text());
        spec.commandLine().getOut().flush();
        return report.isHealthy() ? 0 : UNWELL;
    }

    private LoginName name(String text) {
        try {
            return new LoginName(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Doctor doctor(Settings settings, Shutdown shutdown) {
        EventLoops loops = shutdown.of("event loops", EventLoops.open());
        Dialer dialer = shutdown.of("dialer", new Dialer(loops.socket(), loops.datagram(), new OwnConnections()));
        return new Doctor(
                new Instruments(dialer, loops, settings.listeners(), metrics.upstreams(), CLOCK, Ticker.systemTicker()),
                List.of(
                        new ImapUpstreamLanguage(),
                        new Pop3UpstreamLanguage(),
                        new SmtpUpstreamLanguage(Wiring.serverName(settings))));
    }

    private List<Patient> all(Settings settings, Shutdown shutdown) throws IOException {
        List<Patient> patients = new ArrayList<>();
        for (UpstreamSettings upstream : settings.upstreams().values()) {
            Optional<ProofSource> proofs = isForAll(upstream.login())
                    ? TokenWiring.withoutTheVault(upstream, TokenWiring.around(metrics), shutdown)
                    : Optional.empty();
            patients.add(new Patient(upstream, proofs, Optional.empty()));
        }
        return patients;
    }

    /** One token for all mailboxes. */
    private static boolean isForAll(UpstreamLoginSettings login) {
        return login instanceof OAuth(OAuthSettings oauth) && oauth.grant() == Grant.CLIENT_CREDENTIALS;
    }

    /** Where that mailbox is, and with what it is opened. */
    private Report of(LoginName asked, Settings settings, Stores stores, Shutdown shutdown)
            throws IOException, StartException, StoreUnavailableException {
        Optional<Account> account = stores.accounts().account(asked);
        LoginName person = account.map(Account::loginName).orElse(asked);
        LoginName mailbox = account.map(Account::mailbox).orElse(asked);
        Optional<String> group = account.flatMap(Account::group);
        Optional<Route> route = settings.routes().route(person.value(), group, mailbox.domain());
        Report report = Report.ofTheRoute(
                asked,
                account.isPresent(),
                route.map(to -> "upstream " + to.upstream() + ", " + Explanation.rule(to.rule())));
        if (route.isEmpty()) {
            return report;
        }
        UpstreamSettings upstream =
                Objects.requireNonNull(settings.upstreams().get(route.get().upstream()));
        Patient patient = new Patient(
                upstream,
                Optional.of(proofs(upstream, settings, stores, shutdown)),
                Optional.of(Doctor.errand(person, mailbox, group)));
        return report.and(doctor(settings, shutdown).examine(List.of(patient)));
    }

    private ProofSource proofs(UpstreamSettings upstream, Settings settings, Stores stores, Shutdown shutdown)
            throws IOException, StartException, StoreUnavailableException {
        Optional<ProofSource> own = TokenWiring.withoutTheVault(upstream, TokenWiring.around(metrics), shutdown);
        return own.isPresent()
                ? own.get()
                : new TokenWiring(settings, stores, metrics, shutdown, new SecureRandom()).proofs(upstream);
    }
}
