package postern.app;

import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import postern.config.Settings;
import postern.config.SettingsException;
import postern.credentials.By;
import postern.credentials.Role;
import postern.credentials.administration.ApiTokens;
import postern.credentials.administration.Caller;
import postern.credentials.administration.TokenIssue.Made;
import postern.credentials.administration.TokenOrder;

/** The first token of the admin API cannot be made by the API: whoever has the host makes it. */
@Command(
        name = "bootstrap",
        description =
                "On the host: make the first token of the admin API, an owner's, and print it this once. Also while"
                        + " the server runs.",
        mixinStandardHelpOptions = true)
final class BootstrapCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(BootstrapCommand.class);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Main.ConfigOption config;

    @Option(names = "--again", description = "Also when there was one before, which is lost.")
    private boolean again;

    @Override
    public Integer call() throws SettingsException, StartException {
        Settings settings = config.load();
        return StoreCommand.on(settings, stores -> {
            ApiTokens tokens = ApiTokenWiring.tokens(settings, stores, new SecureRandom());
            boolean another = tokens.hadOwner();
            if (another && !again) {
                throw new StartException(
                        "admin bootstrap: an owner's token was made before (expected: that one, or --again"
                                + " when it is lost; revoke what is lost)");
            }
            By by = StoreCommand.by();
            TokenOrder order = TokenOrder.of("Made on the host", Role.OWNER);
            if (!(tokens.issue(order, Caller.of(by.actor(), Role.OWNER), by) instanceof Made made)) {
                throw new IllegalStateException("the host gives what an owner may");
            }
            if (another) {
                LOG.atWarn()
                        .addKeyValue("by", by.actor().name())
                        .addKeyValue("token", made.made().id())
                        .log("another owner's token was made");
            }
            spec.commandLine()
                    .getErr()
                    .println(made.made().id() + ", an owner's, until "
                            + made.made().expiresAt() + ". It is told this once:");
            spec.commandLine().getOut().println(made.token().reveal());
            return 0;
        });
    }
}
