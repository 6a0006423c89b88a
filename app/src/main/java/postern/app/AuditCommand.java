package postern.app;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import postern.config.SettingsException;
import postern.credentials.audit.AuditVerification;
import postern.credentials.audit.AuditVerification.Result.Broken;
import postern.credentials.audit.AuditVerification.Result.Intact;

/** What the command line does with the audit trail, also while the server runs. */
@Command(name = "audit", description = "Prove the audit trail.", mixinStandardHelpOptions = true)
final class AuditCommand {

    private static final int INTACT = 0;
    private static final int BROKEN = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Command(
            name = "verify",
            description = "Prove that no event was altered, taken out or put in. Exit code 1 when one was.",
            mixinStandardHelpOptions = true)
    int verify(@Mixin Main.ConfigOption config) throws SettingsException, StartException {
        return StoreCommand.on(config.load(), stores -> switch (new AuditVerification(stores.trail()).run()) {
            case Intact(long count, long first, long last, String digest) -> {
                out().println("intact: " + count + " events, from " + first + " to " + last + ", last digest "
                        + digest);
                yield INTACT;
            }
            case Broken(long sequence, String what) -> {
                out().println("broken at event " + sequence + ": " + what);
                yield BROKEN;
            }
        });
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
