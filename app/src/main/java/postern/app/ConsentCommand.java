package postern.app;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import postern.config.Settings;
import postern.config.SettingsException;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.consent.Beginning.Link;
import postern.credentials.consent.Beginning.NotPossible;
import postern.credentials.consent.ConsentOutcome.Kept;
import postern.credentials.consent.ConsentOutcome.NotKept;
import postern.credentials.consent.ConsentOutcome.Reason;
import postern.credentials.consent.Consents;
import postern.credentials.consent.DeviceBeginning.Code;
import postern.credentials.grant.Grant;
import postern.credentials.grant.GrantVault;
import postern.credentials.provider.ProviderWords;

/** Asks the owner of a mailbox to let us in. */
@Command(
        name = "consent",
        description =
                "Print a link, or a code, by which the owner of a mailbox lets Postern in, once, in their browser.",
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

    @Option(names = "--device", description = "Print a code to type at the provider's page instead, and wait.")
    private boolean device;

    @Override
    public Integer call() throws SettingsException, StartException {
        Settings settings = config.load();
        return StoreCommand.on(settings, stores -> {
            try (Shutdown shutdown = new Shutdown()) {
                GrantVault vault = TokenWiring.vault(settings, stores, random);
                Consents consents = ConsentWiring.consents(settings, stores, vault, shutdown, random);
                LoginName mailbox = which.mailbox(stores);
                return device ? byDevice(consents, mailbox) : byLink(consents, mailbox);
            }
        });
    }

    private int byLink(Consents consents, LoginName mailbox) throws StartException, StoreUnavailableException {
        return switch (consents.begin(mailbox, which.upstream(), StoreCommand.by())) {
            case Link link -> told(link);
            case NotPossible(String why) -> throw new StartException(why);
        };
    }

    private int byDevice(Consents consents, LoginName mailbox) throws StartException, StoreUnavailableException {
        return switch (consents.beginByDevice(mailbox, which.upstream())) {
            case Code code -> awaited(consents, code);
            case NotPossible(String why) -> throw new StartException(why);
        };
    }

    private int awaited(Consents consents, Code code) throws StartException, StoreUnavailableException {
        out().println("For " + code.owner() + ", until " + code.endsAt() + ": open "
                + code.question().page() + " and type " + code.question().userCode());
        out().flush();
        try {
            return switch (consents.await(code, StoreCommand.by().actor(), Thread::sleep)) {
                case Kept(Grant grant) -> {
                    out().println(grant.id() + ": kept, for " + grant.owner() + " at " + grant.upstream());
                    yield 0;
                }
                case NotKept(Reason _, ProviderWords why) ->
                    throw new StartException(why + " (what helps: " + why.cure() + ")");
            };
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StartException("stopped before anybody has consented");
        }
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
