package postern.app;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
import postern.credentials.Protocol;
import postern.credentials.SessionChoice;
import postern.credentials.SessionId;
import postern.credentials.StoreUnavailableException;
import postern.credentials.board.Session;
import postern.credentials.board.SessionFilter;
import postern.credentials.board.Sessions;
import postern.credentials.board.Sessions.Listed;
import postern.credentials.board.Sessions.Place;

/** Sessions of running servers: each node hears of it through the store. */
@Command(name = "sessions", description = "List and end sessions.", mixinStandardHelpOptions = true)
final class SessionsCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** All of these; none is everybody. */
    static final class Which {

        @Option(names = "--user", paramLabel = "NAME", description = "Of a login name, or an alias.")
        private @Nullable String user;

        @Option(names = "--app-password", paramLabel = "ID", description = "That it opened.")
        private @Nullable String appPassword;

        @Option(names = "--protocol", paramLabel = "PROTOCOL", description = "imap, pop3, smtp, activesync or dav.")
        private @Nullable String protocol;

        SessionFilter filter(Stores stores) throws StartException, StoreUnavailableException {
            try {
                SessionFilter filter = SessionFilter.ALL;
                if (user != null) {
                    filter = filter.withName(PersonCommand.known(new LoginName(user), stores));
                }
                if (appPassword != null) {
                    filter = filter.withAppPassword(new AppPasswordId(appPassword));
                }
                return protocol == null ? filter : filter.withProtocol(Protocol.parse(protocol));
            } catch (IllegalArgumentException e) {
                throw new StartException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    @Command(
            name = "list",
            description = "List who is on the line, on all nodes, by login name. It is a second or two behind.",
            mixinStandardHelpOptions = true)
    int list(@Mixin Main.ConfigOption config, @Mixin Which which) throws SettingsException, StartException {
        return StoreCommand.on(config.load(), stores -> {
            SessionFilter filter = which.filter(stores);
            Instant now = InstantSource.system().instant();
            long count = 0;
            List<Listed> page = stores.sessionBoard().page(filter, Place.BEFORE_ALL, Sessions.MOST, now);
            while (!page.isEmpty()) {
                page.forEach(one -> out().println(line(one)));
                count += page.size();
                page = stores.sessionBoard().page(filter, page.getLast().place(), Sessions.MOST, now);
            }
            out().println("sessions: " + count);
            return 0;
        });
    }

    private static String line(Listed one) {
        Session session = one.session();
        return String.join(
                "  ",
                session.name().value(),
                session.id().value(),
                session.appPassword().value(),
                session.protocol().toString(),
                session.client().getHostAddress(),
                session.device().orElse("(says not what it is)"),
                session.tls().orElse("(in the clear)"),
                "since " + Explanation.time(session.since()),
                "at " + one.node());
    }

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
            out().println(choice + ": every node was told to end what it has of these sessions");
            return 0;
        });
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
