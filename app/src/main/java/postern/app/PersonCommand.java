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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import postern.config.SettingsException;
import postern.credentials.Account;
import postern.credentials.AccountStore.AliasAddition;
import postern.credentials.Actor;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditHistory;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.JsonLine;

/**
 * What the help desk does for a person, and what a person may ask of whoever keeps something of them: all of it, and
 * that it be gone.
 */
@Command(
        name = "person",
        description = "Change what a person may do; print what is kept of them, or erase it.",
        mixinStandardHelpOptions = true)
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
            return name("--user", user);
        }

        static LoginName name(String what, String text) throws StartException {
            try {
                return new LoginName(text);
            } catch (IllegalArgumentException e) {
                throw new StartException(what + ": " + e.getMessage(), e);
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
            LoginName name = known(asked, stores);
            if (!stores.accounts().erase(name, by)) {
                throw noSuchAccount(asked);
            }
            out().println(name + ": erased. Lines of JSON and backups keep what they had: see docs/audit.md");
            return 0;
        });
    }

    @Command(
            name = "revoke-all",
            description = "Revoke all app passwords of a person, and end their sessions.",
            mixinStandardHelpOptions = true)
    int revokeAll(@Mixin Main.ConfigOption config, @Mixin UserOption user) throws SettingsException, StartException {
        LoginName asked = user.name();
        return StoreCommand.on(config.load(), stores -> {
            LoginName name = known(asked, stores);
            out().println(name + ": " + stores.credentials().revokeAll(name, StoreCommand.by()) + " revoked");
            return 0;
        });
    }

    @Command(
            name = "disable",
            description = "Let nobody in under this account, and end its sessions. It keeps all it has.",
            mixinStandardHelpOptions = true)
    int disable(@Mixin Main.ConfigOption config, @Mixin UserOption user) throws SettingsException, StartException {
        return setEnabled(config, user.name(), false);
    }

    @Command(name = "enable", description = "Take that back.", mixinStandardHelpOptions = true)
    int enable(@Mixin Main.ConfigOption config, @Mixin UserOption user) throws SettingsException, StartException {
        return setEnabled(config, user.name(), true);
    }

    private int setEnabled(Main.ConfigOption config, LoginName asked, boolean enabled)
            throws SettingsException, StartException {
        return StoreCommand.on(config.load(), stores -> {
            LoginName name = known(asked, stores);
            var _ = stores.accounts().revise(name, one -> one.withEnabled(enabled), StoreCommand.by());
            out().println(name + (enabled ? ": enabled" : ": disabled"));
            return 0;
        });
    }

    @Command(name = "add-alias", description = "Let another name lead to the account.", mixinStandardHelpOptions = true)
    int addAlias(
            @Mixin Main.ConfigOption config,
            @Mixin UserOption user,
            @Parameters(paramLabel = "ALIAS", description = "One that leads to no account yet.") String alias)
            throws SettingsException, StartException {
        LoginName asked = user.name();
        LoginName other = UserOption.name("alias", alias);
        return StoreCommand.on(config.load(), stores -> {
            LoginName name = known(asked, stores);
            AliasAddition result = stores.accounts().addAlias(name, other, StoreCommand.by());
            switch (result) {
                case ADDED -> out().println(other + ": leads to " + name);
                case NO_SUCH_ACCOUNT -> throw noSuchAccount(name);
                case TAKEN ->
                    throw new StartException(
                            other + ": leads to an account already (expected: a name that leads nowhere)");
            }
            return 0;
        });
    }

    @Command(
            name = "remove-alias",
            description = "Let such a name lead nowhere again.",
            mixinStandardHelpOptions = true)
    int removeAlias(
            @Mixin Main.ConfigOption config,
            @Mixin UserOption user,
            @Parameters(paramLabel = "ALIAS", description = "Not the login name itself.") String alias)
            throws SettingsException, StartException {
        LoginName asked = user.name();
        LoginName other = UserOption.name("alias", alias);
        return StoreCommand.on(config.load(), stores -> {
            LoginName name = known(asked, stores);
            if (!stores.accounts().removeAlias(name, other, StoreCommand.by())) {
                throw new StartException(other + ": is no alias of " + name + " (expected: one of "
                        + stores.accounts().aliases(name) + ")");
            }
            out().println(other + ": leads nowhere");
            return 0;
        });
    }

    static LoginName known(LoginName asked, Stores stores) throws StoreUnavailableException, StartException {
        return stores.credentials().canonical(asked).orElseThrow(() -> noSuchAccount(asked));
    }

    private static StartException noSuchAccount(LoginName asked) {
        return new StartException(asked + ": there is no such account (expected: one that was added)");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
