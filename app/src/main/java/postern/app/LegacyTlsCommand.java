package postern.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import postern.config.SettingsException;
import postern.credentials.LegacyTlsNeed;
import postern.credentials.LegacyTlsUse;

/** Whom to ask before a listener for old devices is closed. */
@Command(
        name = "legacy-tls",
        description = "List who still needs TLS 1.0 or 1.1, by app password, also while the server runs.",
        mixinStandardHelpOptions = true)
final class LegacyTlsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Main.ConfigOption config;

    @Override
    public Integer call() throws SettingsException, StartException {
        return StoreCommand.on(config.load(), stores -> {
            List<LegacyTlsNeed> needs = stores.legacyTls().needs();
            needs.forEach(need -> spec.commandLine().getOut().println(line(need)));
            spec.commandLine().getOut().println("app passwords that need an old TLS: " + needs.size());
            return 0;
        });
    }

    private static String line(LegacyTlsNeed need) {
        LegacyTlsUse last = need.last();
        return String.join(
                "  ",
                need.owner().value(),
                need.appPassword() + " \"" + need.name() + '"',
                last.device().orElse("(says not what it is)"),
                last.listener() + " (" + last.protocol() + ")",
                "TLS " + last.version(),
                last.at().toString(),
                "times: " + need.times());
    }
}
