package postern.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import postern.config.SettingsException;
import postern.credentials.Actor;
import postern.credentials.AppPassword;
import postern.credentials.Proof;
import postern.credentials.Protocol;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditKind;
import postern.credentials.imported.ImportedHash;
import postern.credentials.imported.ImportedPassword;
import postern.credentials.imported.WeakHashes;
import postern.credentials.imported.file.ExportFile;

/**
 * Writes what was imported and has not been used here since, to be imported elsewhere. What was made or
 * used here has our pepper in its hash, and is worth nothing without it.
 */
@Command(
        name = "export",
        description = "Write the imported app passwords that were not used yet to a new file, as lines of JSON.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    private static final int PAGE = 1000;

    private final SecureRandom random = new SecureRandom();

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Main.ConfigOption config;

    @Parameters(paramLabel = "FILE", description = "A file that is not there yet.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Override
    public Integer call() throws SettingsException, StartException {
        return StoreCommand.on(config.load(), stores -> {
            if (Files.exists(file)) {
                throw new StartException(file + ": is there already (expected: a new file)");
            }
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
                int written = write(stores, new ExportFile(out));
                stores.trail()
                        .append(List.of(AuditEvent.of(
                                        AuditKind.EXPORT_DONE,
                                        Actor.system("command line"),
                                        InstantSource.system().instant(),
                                        random)
                                .with("app_passwords", String.valueOf(written))));
            }
            return 0;
        });
    }

    /** Says how many. */
    private static int write(Stores stores, ExportFile out) throws StoreUnavailableException, IOException {
        int written = 0;
        String last = "";
        List<AppPassword> page = stores.credentials().imported(last, PAGE);
        while (!page.isEmpty()) {
            for (AppPassword one : page) {
                if (one.proof() instanceof Proof.Imported(String externalId, String hash)) {
                    out.write(theirs(one, externalId, hash));
                    last = externalId;
                    written++;
                }
            }
            page = stores.credentials().imported(last, PAGE);
        }
        return written;
    }

    private static ImportedPassword theirs(AppPassword one, String externalId, String hash) {
        return new ImportedPassword(
                externalId,
                one.owner(),
                one.name(),
                ImportedHash.parse(hash, WeakHashes.ACCEPTED),
                one.scope().protocols().equals(Protocol.ALL) ? Set.of() : protocols(one),
                one.scope().networks(),
                one.createdAt(),
                one.scope().expiresAt(),
                !one.suspended());
    }

    private static Set<String> protocols(AppPassword one) {
        return one.scope().protocols().stream()
                .map(protocol -> protocol == Protocol.ACTIVESYNC ? "eas" : protocol.toString())
                .collect(Collectors.toSet());
    }
}
