package postern.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import postern.config.Settings;
import postern.config.SettingsException;
import postern.config.StoreEngine;
import postern.config.StoreSettings;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.SqliteBackup;
import postern.credentials.store.SqliteDatabase;

/** The command line. Exit codes: 0 done, 1 could not, 2 the configuration or the command is wrong. */
@Command(
        name = "postern",
        description = "The side gate for mail clients that cannot pass the main one.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            AdminCommand.class,
            AuditCommand.class,
            CompletionCommand.class,
            DevicesCommand.class,
            DnsRecordsCommand.class,
            DoctorCommand.class,
            ExplainCommand.class,
            ExportCommand.class,
            GrantCommand.class,
            HoldsCommand.class,
            ImportCommand.class,
            KeysCommand.class,
            LegacyTlsCommand.class,
            PersonCommand.class,
            PolicyCommand.class,
            SessionsCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int COULD_NOT = 1;
    private static final int WRONG = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    public static void main(String... arguments) {
        giveVirtualThreadsRoom();
        System.exit(commandLine(new Main()).execute(arguments));
    }

    /**
     * SQLite waits for a lock and for the disk in native code, which holds the carrier of its virtual
     * thread. With a carrier for each core, two slow writes would stop every login.
     */
    public static void giveVirtualThreadsRoom() {
        String parallelism = "jdk.virtualThreadScheduler.parallelism";
        int enough = Runtime.getRuntime().availableProcessors() + SqliteDatabase.CONNECTIONS;
        System.setProperty(parallelism, System.getProperty(parallelism, String.valueOf(enough)));
    }

    /** Tells what the operator can mend in its own words, and only a bug with a stack. */
    public static CommandLine commandLine(Object command) {
        return commandLine(new CommandLine(command));
    }

    static CommandLine commandLine(CommandLine command) {
        return command.setExecutionExceptionHandler((e, line, _) -> {
            int exitCode = switch (e) {
                case SettingsException _ -> WRONG;
                case StartException _ -> COULD_NOT;
                default -> throw e;
            };
            line.getErr().println(e.getMessage());
            return exitCode;
        });
    }

    @Command(name = "run", description = "Start the server.", mixinStandardHelpOptions = true)
    void run(@Mixin ConfigOption config) throws SettingsException, StartException, InterruptedException {
        Postern postern = Postern.start(config.load());
        Runtime.getRuntime().addShutdownHook(new Thread(postern::close, "shutdown"));
        Hangup.then(postern::renewCertificates);
        LOG.atInfo().addKeyValue("version", Version.text()).log("ready");
        postern.awaitClose();
    }

    @Command(
            name = "check-config",
            description = "Say all that is wrong with a configuration.",
            mixinStandardHelpOptions = true)
    void checkConfig(@Mixin ConfigOption config) throws SettingsException {
        Settings settings = config.load();
        out().println(config.file + ": no mistakes");
        settings.warnings().forEach(warning -> out().println("but " + warning));
        try {
            Wiring.checkFiles(settings);
        } catch (IOException e) {
            out().println("but on this machine, " + e.getMessage()); // it may be meant for another
        }
    }

    @Command(
            name = "backup",
            description = "Copy the store in SQLite to a new file, also while the server runs. Keys are not in it.",
            mixinStandardHelpOptions = true)
    void backup(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "TO", description = "A file that is not there yet.") Path to)
            throws SettingsException, StartException {
        StoreSettings store = config.load().store();
        if (store.engine() != StoreEngine.SQLITE || store.sqliteFile().equals(StoreSettings.IN_MEMORY)) {
            throw new StartException("store: not in an SQLite file (expected: for PostgreSQL, its own pg_dump)");
        }
        try {
            SqliteBackup.make(Path.of(store.sqliteFile()), to);
        } catch (IOException | StoreUnavailableException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
        out().println(to + ": made. The keys are not in it: without yours, no app password in it works.");
    }

    @Command(
            name = "print-reference",
            description = "Print every setting, its default and its meaning.",
            mixinStandardHelpOptions = true)
    void printReference() {
        out().print(Settings.reference());
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** The file that the commands about a server are told. */
    static final class ConfigOption {

        @Option(
                names = "--config",
                required = true,
                paramLabel = "FILE",
                description = "What differs from the reference.")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private Path file;

        Settings load() throws SettingsException {
            return Settings.load(file, System.getenv());
        }
    }

    /** From the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {

        static String text() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "unreleased" : version;
        }

        @Override
        public String[] getVersion() {
            return new String[] {"postern " + text()};
        }
    }
}
