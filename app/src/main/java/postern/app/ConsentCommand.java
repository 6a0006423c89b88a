package postern.app;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import postern.config.Settings;
import postern.config.SettingsException;
import postern.credentials.consent.Beginning.Link;
import postern.credentials.consent.Beginning.NotPossible;
import postern.credentials.consent.Consents;
import postern.credentials.grant.GrantVault;

/** Asks the owner of a mailbox to let us in. */
@Command(
        name = "consent",
        description = "Print a link by which the owner of a mailbox lets Postern in, once, in their browser.",
        mixinStandardHelpOptions = true)
final class ConsentCommand implements Callable<Integer> {

    private final SecureRandom random = new SecureRandom();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Main.ConfigOption config;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private GrantCommand.WhichOption which;

    @Override
    public Integer call() throws SettingsException, StartException {
        Settings settings = config.load();
        return StoreCommand.on(settings, stores -> {
            try (Shutdown shutdown = new Shutdown()) {
                GrantVault vault = TokenWiring.vault(settings, stores, random);
                Consents consents = ConsentWiring.consents(settings, stores, vault, shutdown, random);
                return switch (consents.begin(which.mailbox(stores), which.upstream(), StoreCommand.by())) {
                    case Link link -> told(link);
                    case NotPossible(String why) -> throw new StartException(why);
                };
            }
        });
    }

    private int told(Link link) {
        out().println("For " + link.owner() + ", once, until " + link.endsAt() + ":");
        out().println(link.page());
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
