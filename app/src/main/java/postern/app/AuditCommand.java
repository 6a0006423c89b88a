package postern.app;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import postern.config.SettingsException;
import postern.credentials.Actor;
import postern.credentials.LoginName;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditHistory;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.AuditVerification;
import postern.credentials.audit.AuditVerification.Result.Broken;
import postern.credentials.audit.AuditVerification.Result.Intact;
import postern.credentials.audit.JsonLine;
import postern.credentials.store.SqlAuditTrail;

/** What the command line does with the audit trail, also while the server runs. */
@Command(name = "audit", description = "Prove the audit trail, or read it.", mixinStandardHelpOptions = true)
final class AuditCommand {

    private static final int INTACT = 0;
    private static final int BROKEN = 1;

    private final SecureRandom random = new SecureRandom();

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

    @Command(
            name = "export",
            description = "Print what is kept of one person, as lines of JSON. That it was printed is an event, too.",
            mixinStandardHelpOptions = true)
    int export(
            @Mixin Main.ConfigOption config,
            @Option(names = "--user", required = true, paramLabel = "NAME", description = "The person's login name.")
                    String user)
            throws SettingsException, StartException {
        LoginName name = nameOf(user);
        return StoreCommand.on(config.load(), stores -> {
            SqlAuditTrail trail = stores.trail();
            List<AuditEntry> page = trail.of(name, 0, AuditHistory.MOST);
            if (!page.isEmpty()) {
                trail.append(List.of(exported(name)));
            }
            while (!page.isEmpty()) {
                page.forEach(entry -> out().println(JsonLine.of(entry)));
                page = trail.of(name, page.getLast().sequence(), AuditHistory.MOST);
            }
            return INTACT;
        });
    }

    private AuditEvent exported(LoginName name) {
        return AuditEvent.of(
                        AuditKind.EXPORT_DONE,
                        Actor.system("command line"),
                        InstantSource.system().instant(),
                        random)
                .about(name);
    }

    private static LoginName nameOf(String user) throws StartException {
        try {
            return new LoginName(user);
        } catch (IllegalArgumentException e) {
            throw new StartException("--user: " + e.getMessage(), e);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
