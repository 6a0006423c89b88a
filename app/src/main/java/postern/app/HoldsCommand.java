package postern.app;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import postern.config.SettingsException;
import postern.credentials.Held;
import postern.credentials.LoginName;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;

/** Who is on hold, or refused, on any node; and that it be forgiven on all. Also while the server runs. */
@Command(name = "holds", description = "List and clear holds (docs/lockout.md).", mixinStandardHelpOptions = true)
final class HoldsCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Whom a hold is about: one of them. */
    static final class About {

        @Option(names = "--user", paramLabel = "NAME", description = "The login name, as list prints it.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String user;

        @Option(names = "--network", paramLabel = "NETWORK", description = "The network, as list prints it.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private String network;

        @SuppressWarnings("NullAway") // picocli sets one of the two
        Held held() throws StartException {
            try {
                return user != null ? Held.name(new LoginName(user)) : Held.source(SourceNetwork.parse(network));
            } catch (IllegalArgumentException e) {
                throw new StartException((user != null ? "--user: " : "--network: ") + e.getMessage(), e);
            }
        }
    }

    @Command(
            name = "list",
            description = "What lasts, until when, and the how many-eth of its kind it is lately.",
            mixinStandardHelpOptions = true)
    int list(@Mixin Main.ConfigOption config) throws SettingsException, StartException {
        return StoreCommand.on(config.load(), stores -> {
            List<SharedHold> lasting =
                    stores.holds().lasting(InstantSource.system().instant());
            for (SharedHold hold : lasting) {
                out().printf(
                                "%-11s  %s  until %s  times %d%n",
                                hold.held().kind(), hold.held().subject(), hold.until(), hold.times());
            }
            return 0;
        });
    }

    @Command(
            name = "clear",
            description = "Forgive a name or a network, on every node.",
            mixinStandardHelpOptions = true)
    int clear(@Mixin Main.ConfigOption config, @ArgGroup(exclusive = true, multiplicity = "1") About about)
            throws SettingsException, StartException {
        Held held = about.held();
        return StoreCommand.on(config.load(), stores -> {
            boolean wasThere = stores.holds().clear(held, StoreCommand.by());
            out().println(held.subject()
                    + (wasThere ? ": cleared" : ": no hold is known to all; each node forgets its own"));
            return 0;
        });
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
