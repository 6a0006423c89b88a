package postern.app;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import postern.config.SettingsException;
import postern.credentials.Policy.AppPasswords;
import postern.credentials.PolicyInForce.Layer;
import postern.credentials.PolicyRules;
import postern.credentials.PolicySubject;

/** What administrators say of policy, over what stands in the configuration. Also while the server runs. */
@Command(
        name = "policy",
        description = "Print what is said for everyone, a domain or a person; allow, stop or suspend app passwords.",
        mixinStandardHelpOptions = true)
final class PolicyCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Command(
            name = "show",
            description = "All layers that say something. What is in force for one person, explain tells.",
            mixinStandardHelpOptions = true)
    int show(@Mixin Main.ConfigOption config) throws SettingsException, StartException {
        return StoreCommand.on(config.load(), stores -> {
            for (Layer layer : stores.policies().layers()) {
                out().println(layer.subject() + ": " + layer.rules());
            }
            return 0;
        });
    }

    @Command(
            name = "set",
            description = "Say whether app passwords are allowed there. All else that is said there stays.",
            mixinStandardHelpOptions = true)
    int set(
            @Mixin Main.ConfigOption config,
            @Option(
                            names = "--for",
                            required = true,
                            paramLabel = "WHOM",
                            description = "everyone, @domain or a login name.")
                    String whom,
            @Parameters(paramLabel = "RULE", description = "allowed, no-new or suspended.") String rule)
            throws SettingsException, StartException {
        PolicySubject subject = subject(whom);
        AppPasswords allowed = allowed(rule);
        return StoreCommand.on(config.load(), stores -> {
            PolicyRules rules = stores.policies().rules(subject).orElse(PolicyRules.SILENT);
            stores.policies().put(subject, rules.withAppPasswords(allowed), StoreCommand.by());
            out().println(subject + ": app passwords " + allowed);
            return 0;
        });
    }

    private static PolicySubject subject(String whom) throws StartException {
        try {
            return PolicySubject.parse(whom);
        } catch (IllegalArgumentException e) {
            throw new StartException("--for: " + e.getMessage(), e);
        }
    }

    private static AppPasswords allowed(String rule) throws StartException {
        return Arrays.stream(AppPasswords.values())
                .filter(one -> one.toString().equals(rule.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new StartException(rule + ": unknown (expected: "
                        + Arrays.stream(AppPasswords.values())
                                .map(AppPasswords::toString)
                                .collect(Collectors.joining(", "))
                        + ")"));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
