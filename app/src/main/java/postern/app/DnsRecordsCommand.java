package postern.app;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import postern.config.ClientSetupSettings;
import postern.config.SettingsException;
import postern.config.SetupOffer;

/** What has to stand in DNS, so that mail programs find what they are told. */
@Command(
        name = "dns-records",
        description = "Print what leads mail programs here, to be put into DNS: for each domain of client-setup.",
        mixinStandardHelpOptions = true)
final class DnsRecordsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Main.ConfigOption config;

    @Parameters(paramLabel = "DOMAIN", arity = "0..1", description = "For this one alone.")
    private @Nullable String domain;

    @Override
    public Integer call() throws SettingsException, StartException {
        ClientSetupSettings setup = config.load().clientSetup();
        if (setup.offers().isEmpty()) {
            throw new StartException("client-setup.offers: none (expected: one, for the domains that you run)");
        }
        if (domain == null) {
            setup.offers().forEach(offer -> offer.domains().forEach(one -> print(one, offer)));
        } else {
            String asked = domain.toLowerCase(Locale.ROOT);
            print(
                    asked,
                    setup.of(asked)
                            .orElseThrow(() -> new StartException(
                                    asked + ": in no offer (expected: one of the domains in client-setup.offers)")));
        }
        return 0;
    }

    private void print(String of, SetupOffer offer) {
        PrintWriter out = spec.commandLine().getOut();
        new DnsRecords(of, offer).lines().forEach(out::println);
    }
}
