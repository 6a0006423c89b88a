package postern.app;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import postern.config.Settings;
import postern.config.SettingsException;
import postern.credentials.Actor;
import postern.credentials.By;
import postern.credentials.NameRules;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditKind;
import postern.credentials.imported.WeakHashes;
import postern.credentials.imported.file.ImportFile;
import postern.credentials.imported.file.ImportFormat;
import postern.credentials.imported.file.ImportOutcome;
import postern.credentials.imported.file.ImportRules;
import postern.credentials.imported.file.MappingReport;

/** Takes app passwords from another system's file. Exit code 1 when a row was refused or found no account. */
@Command(
        name = "import",
        description = "Take app passwords from another system (docs/import.md). Twice is once.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    private final SecureRandom random = new SecureRandom();
    private final By by = StoreCommand.by();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Main.ConfigOption config;

    @Option(names = "--format", required = true, description = "Whose file it is: ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ImportFormat format;

    @Option(names = "--accept-weak", description = "Take weak hashes too, each for thirty days.")
    private boolean acceptWeak;

    @Option(names = "--create-accounts", description = "Add the person where there is none of that name.")
    private boolean createAccounts;

    @Option(names = "--dry-run", description = "Read, map and report, and take nothing.")
    private boolean dryRun;

    @Parameters(paramLabel = "FILE", description = "What to read.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Override
    public Integer call() throws SettingsException, StartException {
        Settings settings = config.load();
        ImportRules rules = new ImportRules(
                acceptWeak ? WeakHashes.ACCEPTED : WeakHashes.REFUSED,
                NameRules.NONE,
                by.at(),
                settings.policy().mostPerAccount());
        return StoreCommand.on(settings, stores -> read(rules, new Taking(stores, by, random, createAccounts, dryRun)));
    }

    private int read(ImportRules rules, Taking taking) throws IOException, StoreUnavailableException {
        Map<Taking.Result, Integer> results = new EnumMap<>(Taking.Result.class);
        MappingReport report;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            report = new ImportFile(format, rules).<StoreUnavailableException>read(in, outcome -> {
                if (outcome instanceof ImportOutcome.Mapped mapped) {
                    results.merge(taking.take(mapped.password()), 1, Integer::sum);
                }
            });
        }
        report.lines().forEach(out()::println);
        results.forEach((result, times) -> out().println(result + ": " + times));
        if (!dryRun) {
            taking.stores().trail().append(List.of(told(report, results)));
        }
        boolean allTaken = report.refused() == 0
                && !results.containsKey(Taking.Result.NO_SUCH_ACCOUNT)
                && !results.containsKey(Taking.Result.FOR_NOTHING_HERE)
                && !results.containsKey(Taking.Result.DEVICE_FROM_ANYWHERE);
        return allTaken ? 0 : 1;
    }

    private AuditEvent told(MappingReport report, Map<Taking.Result, Integer> results) {
        Instant now = InstantSource.system().instant();
        AuditEvent event = AuditEvent.of(AuditKind.IMPORT_DONE, Actor.system("command line"), now, random)
                .with("format", format.toString())
                .with("refused", String.valueOf(report.refused()));
        for (Map.Entry<Taking.Result, Integer> one : results.entrySet()) {
            event = event.with(one.getKey().code(), String.valueOf(one.getValue()));
        }
        return event;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
