package postern.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import postern.app.Main;
import postern.app.Postern;
import postern.app.StartException;
import postern.config.Settings;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.Role;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.Caller;
import postern.credentials.administration.TokenIssue;
import postern.credentials.administration.TokenOrder;
import postern.credentials.hash.SecretFile;

/** Everything at once on 127.0.0.1, with something to try it on, until Ctrl-C. */
@Command(
        name = "demo",
        description = "Start everything on 127.0.0.1 with two people and some mail, until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class Demo implements Callable<Integer> {

    private static final List<LoginName> PEOPLE =
            List.of(new LoginName("ada@example.org"), new LoginName("grace@example.org"));
    private static final int MASTER_PASSWORD_BYTES = 16;
    private static final int MOST_SHIFT = 50_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Keep people and app passwords there.")
    private @Nullable Path data;

    @Option(names = "--shift", paramLabel = "N", defaultValue = "0", description = "Add N to every port.")
    private int shift;

    public static void main(String... arguments) {
        System.setProperty("com.linecorp.armeria.warnNettyVersions", "false"); // pkitesting is a version behind
        Main.giveVirtualThreadsRoom();
        System.exit(Main.commandLine(new Demo()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (shift < 0 || shift > MOST_SHIFT) {
            throw new StartException("--shift: " + shift + " (expected: 0 to " + MOST_SHIFT + ")");
        }
        DemoPorts ports = DemoPorts.shifted(shift);
        String taken = ports.taken();
        if (!taken.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(taken + "Stop that one, or move the demo: ./postern demo --shift 10000");
            return 1;
        }
        Path folder = folder();
        DemoCertificates certificates = DemoCertificates.in(folder.resolve("tls"));
        Path masterPassword = masterPassword(folder);
        DemoMailServer mail = DemoMailServer.start(
                certificates,
                SecretFile.read(masterPassword),
                PEOPLE.stream().map(LoginName::value).toList());
        Path config = new DemoConfig(folder, ports, certificates, mail.ports(), masterPassword).write();
        Postern postern = Postern.start(Settings.load(config, System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postern, mail, folder), "shutdown"));
        List<DemoPerson> people = new ArrayList<>();
        for (LoginName name : PEOPLE) {
            people.add(DemoPerson.in(postern, folder, name));
        }
        DemoScreen screen = new DemoScreen(ports, certificates.ca(), config, letter(folder), people, owner(postern));
        spec.commandLine().getOut().print(screen.text());
        spec.commandLine().getOut().flush();
        postern.awaitClose();
        return 0;
    }

    private Path folder() throws IOException, StartException {
        if (data == null) {
            return Files.createTempDirectory("postern-demo-");
        }
        Path folder = data.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new StartException("--data: " + folder + ": cannot be made: " + e, e);
        }
        if (!Files.isWritable(folder)) {
            throw new StartException("--data: " + folder + ": this account may not write there");
        }
        return folder;
    }

    private static Path masterPassword(Path folder) throws IOException {
        Path file = folder.resolve("mail-server.password");
        if (!Files.exists(file)) {
            byte[] drawn = new byte[MASTER_PASSWORD_BYTES];
            new SecureRandom().nextBytes(drawn);
            SecretFile.create(file, HexFormat.of().formatHex(drawn));
        }
        return file;
    }

    /** Another at each start: nobody knows them afterwards. */
    private static String owner(Postern postern) throws StoreUnavailableException {
        By by = By.system("demo", InstantSource.system().instant());
        TokenOrder order = TokenOrder.of("The demo", Role.OWNER);
        return switch (postern.apiTokens().issue(order, Caller.of(by.actor(), Role.OWNER), by)) {
            case TokenIssue.Made made -> made.token().reveal();
            case TokenIssue.Refused _, TokenIssue.NoSuchToken _, TokenIssue.NotToBeRotated _ ->
                throw new IllegalStateException("the demo gives what an owner may");
        };
    }

    /** Something to send. */
    private static Path letter(Path folder) throws IOException {
        Path file = folder.resolve("hello.eml");
        try (InputStream letter = Objects.requireNonNull(Demo.class.getResourceAsStream("hello.eml"))) {
            Files.copy(letter, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private void stop(Postern postern, DemoMailServer mail, Path folder) {
        postern.close();
        mail.close();
        if (data == null) {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException _) {
            // a throw-away folder that stays is no reason to fail
        }
    }
}
