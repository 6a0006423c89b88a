package postern.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import postern.config.Settings;
import postern.config.SettingsException;
import postern.credentials.Actor;
import postern.credentials.KeyId;
import postern.credentials.KeyList;
import postern.credentials.KeyMarks.Ring;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditKind;
import postern.credentials.hash.KeyFile;
import postern.credentials.hash.KeyFiles;
import postern.credentials.hash.KeyRing;

/**
 * Changes the keys, without anybody having to do anything: add one, give the file to all nodes and
 * restart them; activate it, likewise; and when the last hash under the old one was made anew, retire
 * that. Prints ids and never a key.
 */
@Command(name = "keys", description = "List and change the keys (docs/operations.md).", mixinStandardHelpOptions = true)
final class KeysCommand {

    private static final String RINGS = "lookup, pepper or vault";

    private final SecureRandom random = new SecureRandom();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Command(name = "list", description = "Which there are, and what needs them.", mixinStandardHelpOptions = true)
    int list(@Mixin Main.ConfigOption config) throws SettingsException, StartException {
        Settings settings = config.load();
        return StoreCommand.on(settings, stores -> {
            for (KeyList.Listed key : list(settings, stores).all()) {
                out().printf(
                                "%-6s  %s  %-6s  %d %s%n",
                                key.ring(), key.id(), key.active() ? "in use" : "kept", key.uses(), what(key.ring()));
            }
            return 0;
        });
    }

    static KeyList list(Settings settings, Stores stores) {
        return new KeyFiles(
                Stream.of(Ring.values()).collect(Collectors.toMap(ring -> ring, ring -> file(settings, ring))),
                stores.keyMarks());
    }

    @Command(
            name = "add",
            description = "Add a key that is not in use yet, so that all nodes can be given it first.",
            mixinStandardHelpOptions = true)
    int add(@Mixin Main.ConfigOption config, @Parameters(paramLabel = "RING", description = RINGS) Ring ring)
            throws SettingsException, StartException {
        Settings settings = config.load();
        return StoreCommand.on(settings, stores -> {
            KeyRing.Key added = KeyFile.draw(random);
            List<KeyRing.Key> keys =
                    new ArrayList<>(KeyFile.read(file(settings, ring)).keys());
            keys.add(added);
            KeyFile.replace(file(settings, ring), new KeyRing(keys));
            out().println(added.id() + ": added. Back up " + file(settings, ring)
                    + ", give it to every node, restart them, and then: postern keys activate " + ring + " "
                    + added.id());
            return 0;
        });
    }

    @Command(
            name = "activate",
            description = "Use a key for all that is made from the next start on.",
            mixinStandardHelpOptions = true)
    int activate(
            @Mixin Main.ConfigOption config,
            @Parameters(paramLabel = "RING", description = RINGS) Ring ring,
            @Parameters(paramLabel = "ID", description = "One that is on the ring.") String id)
            throws SettingsException, StartException {
        Settings settings = config.load();
        return StoreCommand.on(settings, stores -> {
            Path file = file(settings, ring);
            KeyRing.Key chosen = onTheRing(KeyFile.read(file), id);
            List<KeyRing.Key> keys = new ArrayList<>(KeyFile.read(file).keys());
            keys.removeIf(key -> key.id().equals(chosen.id()));
            keys.addFirst(chosen);
            KeyFile.replace(file, new KeyRing(keys));
            tell(stores, AuditKind.KEY_ROTATED, ring, chosen.id());
            out().println(chosen.id()
                    + ": in use from the next start on. Give the file to every node, and restart them.");
            return 0;
        });
    }

    @Command(
            name = "retire",
            description = "Take a key off the ring that nothing needs any more.",
            mixinStandardHelpOptions = true)
    int retire(
            @Mixin Main.ConfigOption config,
            @Parameters(paramLabel = "RING", description = RINGS) Ring ring,
            @Parameters(paramLabel = "ID", description = "One that is on the ring and not in use.") String id,
            @Option(
                            names = "--force",
                            description = "Also when app passwords or grants need it: these open nothing any more.")
                    boolean force)
            throws SettingsException, StartException {
        Settings settings = config.load();
        return StoreCommand.on(settings, stores -> {
            Path file = file(settings, ring);
            KeyRing keys = KeyFile.read(file);
            KeyRing.Key chosen = onTheRing(keys, id);
            if (chosen.id().equals(keys.active().id())) {
                throw new StartException(id + ": is in use (expected: another one is activated first)");
            }
            int needed = stores.keyMarks().uses(ring).getOrDefault(chosen.id(), 0);
            if (needed > 0 && !force) {
                throw new StartException(id + ": " + needed + " " + what(ring) + " need it (expected: none; "
                        + anew(ring) + ", or --force)");
            }
            KeyFile.replace(
                    file,
                    new KeyRing(keys.keys().stream()
                            .filter(key -> !key.id().equals(chosen.id()))
                            .toList()));
            stores.keyMarks().forget(ring, chosen.id());
            tell(stores, AuditKind.KEY_RETIRED, ring, chosen.id());
            out().println(chosen.id() + ": retired. Give the file to every node, and restart them.");
            return 0;
        });
    }

    private static KeyRing.Key onTheRing(KeyRing keys, String id) throws StartException {
        return keys.keys().stream()
                .filter(key -> key.id().value().equals(id))
                .findFirst()
                .orElseThrow(() -> new StartException(id + ": not on the ring (expected: one of " + keys.ids() + ")"));
    }

    private static String what(Ring ring) {
        return switch (ring) {
            case LOOKUP, PEPPER -> "app passwords";
            case VAULT -> "grants";
        };
    }

    private static String anew(Ring ring) {
        return switch (ring) {
            case LOOKUP, PEPPER -> "each is made anew when it is next used";
            case VAULT -> "postern grant reseal does all";
        };
    }

    private static Path file(Settings settings, Ring ring) {
        return switch (ring) {
            case LOOKUP -> settings.keys().lookupFile();
            case PEPPER -> settings.keys().pepperFile();
            case VAULT -> settings.keys().vaultFile();
        };
    }

    private void tell(Stores stores, AuditKind kind, Ring ring, KeyId id) throws StoreUnavailableException {
        stores.trail()
                .append(List.of(AuditEvent.of(
                                kind,
                                Actor.system("command line"),
                                InstantSource.system().instant(),
                                random)
                        .with("ring", ring.toString())
                        .with("key", id.value())));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
