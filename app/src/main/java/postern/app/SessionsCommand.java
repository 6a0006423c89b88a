package postern.app;

import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import postern.config.SettingsException;
import postern.credentials.AppPasswordId;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.SessionChoice;
import postern.credentials.SessionId;
import postern.credentials.StoreUnavailableException;

/** Sessions of running servers: each node hears of it through the store. */
@Command(name = "sessions", description = "End sessions.", mixinStandardHelpOptions = true)
final class SessionsCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** One of these. */
    static final class Whose {

        @Option(names = "--all", required = true, description = "Everybody's.")
        private boolean all;

        @Option(names = "--user", required = true, paramLabel = "NAME", description = "Of a login name, or an alias.")
        private @Nullable String user;

        @Option(names = "--app-password", required = true, paramLabel = "ID", description = "That it opened.")
        private @Nullable String appPassword;

        @Option(names = "--session", required = true, paramLabel = "ID", description = "This one.")
        private @Nullable String session;

        SessionChoice choice(Stores stores) throws StartException, StoreUnavailableException {
            try {
                if (all) {
                    return new SessionChoice.Everybodys();
                } else if (user != null) {
                    return new SessionChoice.Persons(known(new LoginName(user), stores));
                } else if (appPassword != null) {
                    return new SessionChoice.AppPasswords(new AppPasswordId(appPassword));
                }
                return new SessionChoice.One(new SessionId(Objects.requireNonNull(session)));
            } catch (IllegalArgumentException e) {
                throw new StartException(String.valueOf(e.getMessage()), e);
            }
        }

        private static LoginName known(LoginName asked, Stores stores)
                throws StartException, StoreUnavailableException {
            Optional<LoginName> name = stores.credentials().canonical(asked);
            return name.orElseThrow(
                    () -> new StartException(asked + ": there is no such account (expected: one that was added)"));
        }
    }

    @Command(
            name = "end",
            description = "End sessions on every node, one after the other. Who comes back is let in: to keep somebody"
                    + " out, revoke or disable.",
            mixinStandardHelpOptions = true)
    int end(@Mixin Main.ConfigOption config, @ArgGroup(multiplicity = "1") Whose whose)
            throws SettingsException, StartException {
        return StoreCommand.on(config.load(), stores -> {
            SessionChoice choice = whose.choice(stores);
            stores.sessionEnds()
                    .end(
                            choice,
                            By.system("command line", InstantSource.system().instant()));
            spec.commandLine().getOut().println(choice + ": every node was told to end what it has of these sessions");
            return 0;
        });
    }
}
