package postern.app;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import postern.config.SettingsException;
import postern.credentials.Account;
import postern.credentials.Actor;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditHistory;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.JsonLine;

/** What a person may ask of whoever keeps something of them: all of it, and that it be gone. */
@Command(name = "person", description = "Print what is kept of a person, or erase it.", mixinStandardHelpOptions = true)
final class PersonCommand {

    private final SecureRandom random = new SecureRandom();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Whom the commands are about. */
    static final class UserOption {

        @Option(names = "--user", required = true, paramLabel = "NAME", description = "A login name, or an alias.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String user;

        LoginName name() throws StartException {
            try {
                return new LoginName(user);
            } catch (IllegalArgumentException e) {
                throw new StartException("--user: " + e.getMessage(), e);
            }
        }
    }

    @Command(
            name = "export",
            description = "Print what is kept of a person, as lines of JSON. That it was printed is an event, too.",
            mixinStandardHelpOptions = true)
    int export(@Mixin Main.ConfigOption config, @Mixin UserOption user) throws SettingsException, StartException {
        LoginName asked = user.name();
        return StoreCommand.on(config.load(), stores -> {
            Optional<Account> account = stores.accounts().account(asked);
            LoginName name = account.map(Account::loginName).orElse(asked);
            if (account.isPresent()) {
                PersonLines.of(account.get(), stores).forEach(out()::println);
            }
            events(name, stores);
            return 0;
        });
    }

    private void events(LoginName name, Stores stores) throws StoreUnavailableException {
        List<AuditEntry> page = stores.trail().of(name, 0, AuditHistory.MOST);
        if (!page.isEmpty()) {
            stores.trail().append(List.of(exported(name)));
        }
        while (!page.isEmpty()) {
            page.forEach(entry -> out().println(JsonLine.of(entry)));
            page = stores.trail().of(name, page.getLast().sequence(), AuditHistory.MOST);
        }
    }

    private AuditEvent exported(LoginName name) {
        return AuditEvent.of(
                        AuditKind.EXPORT_DONE,
                        Actor.system("command line"),
                        InstantSource.system().instant(),
                        random)
                .about(name);
    }

    @Command(
            name = "erase",
            description = "Erase a person with all that is kept of them, now and for good.",
            mixinStandardHelpOptions = true)
    int erase(
            @Mixin Main.ConfigOption config,
            @Mixin UserOption user,
            @Option(names = "--yes", required = true, description = "Nothing brings it back.") boolean yes)
            throws SettingsException, StartException {
        LoginName asked = user.name();
        return StoreCommand.on(config.load(), stores -> {
            By by = By.system("command line", InstantSource.system().instant());
            Optional<LoginName> name = stores.credentials().canonical(asked);
            if (name.isEmpty() || !stores.accounts().erase(name.get(), by)) {
                throw new StartException(asked + ": there is no such account (expected: one that was added)");
            }
            out().println(name.get() + ": erased. Lines of JSON and backups keep what they had: see docs/audit.md");
            return 0;
        });
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
