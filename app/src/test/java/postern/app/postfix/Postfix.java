package postern.app.postfix;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import postern.app.dovecot.Dovecot;
import postern.app.dovecot.FreePorts;

/** Postfix from the Debian package: takes mail to be sent, and puts what it takes into Dovecot's mailboxes. */
public final class Postfix implements AutoCloseable {

    // Not `postfix start-fg`, which leaves its children behind when it is ended.
    private static final String MASTER = "/usr/lib/postfix/sbin/master";
    private static final String PROGRAM = "/usr/sbin/postfix";
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final int END_LIMIT_SECONDS = 10;

    private final Path log;
    private final String host;
    private final int submissionPort;
    private final int submissionsPort;
    private final int submissionsProxyPort;
    private final Process process;

    private Postfix(Path log, String host, List<Integer> ports, Process process) {
        this.log = log;
        this.host = host;
        this.submissionPort = ports.get(0);
        this.submissionsPort = ports.get(1);
        this.submissionsProxyPort = ports.get(2);
        this.process = process;
    }

    /** Its master becomes one user after another, which is root's to do. */
    public static boolean mayRun() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /**
     * Returns when it takes mail.
     *
     * @param root that users who are not root are let through to
     * @param relayPort where it takes mail from this machine, without asking who sends it
     * @param people whose mailboxes there are
     */
    public static Postfix start(Path root, int relayPort, Dovecot dovecot, List<String> people) throws Exception {
        List<Integer> free = FreePorts.on(dovecot.host(), 3);
        for (String folder : List.of("etc", "queue", "data")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.setOwner(
                root.resolve("data"),
                root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
        Map<String, Object> values = Map.ofEntries(
                Map.entry("folder", root),
                Map.entry("mail", dovecot.mail()),
                Map.entry("uid", Files.getAttribute(dovecot.mail(), "unix:uid")),
                Map.entry("gid", Files.getAttribute(dovecot.mail(), "unix:gid")),
                Map.entry("auth", dovecot.host() + ":" + dovecot.authPort()),
                Map.entry("certificate", dovecot.certificateFile()),
                Map.entry("key", dovecot.keyFile()),
                Map.entry("host", dovecot.host()),
                Map.entry("relayPort", relayPort),
                Map.entry("submissionPort", free.get(0)),
                Map.entry("submissionsPort", free.get(1)),
                Map.entry("submissionsProxyPort", free.get(2)));
        write(root.resolve("etc/main.cf"), values);
        write(root.resolve("etc/master.cf"), values);
        Files.writeString(
                root.resolve("etc/mailboxes"),
                people.stream().map(one -> one + " " + one + "/\n").collect(Collectors.joining()));
        Path log = root.resolve("postfix.log");
        Postfix postfix = new Postfix(log, dovecot.host(), free, run(root, log));
        postfix.awaitGreeting(relayPort);
        return postfix;
    }

    private static void write(Path file, Map<String, Object> values) throws IOException {
        String template = "/postfix/" + file.getFileName() + ".template";
        try (InputStream in = requireNonNull(Postfix.class.getResourceAsStream(template))) {
            String config = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, Object> value : values.entrySet()) {
                config = config.replace(
                        "@" + value.getKey() + "@", value.getValue().toString());
            }
            Files.writeString(file, config);
        }
    }

    private static Process run(Path root, Path log) throws Exception {
        String etc = root.resolve("etc").toString();
        Process check = writingTo(log, PROGRAM, "-c", etc, "check");
        if (!check.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            check.destroyForcibly();
        }
        return writingTo(log, MASTER, "-c", etc, "-s");
    }

    private static Process writingTo(Path log, String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
    }

    private void awaitGreeting(int port) throws IOException {
        try {
            await("Postfix's greeting")
                    .atMost(START_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> greets(port));
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException("Postfix did not come up. Its log:\n" + log(), e);
        }
    }

    private boolean greets(int port) {
        if (!process.isAlive()) {
            throw new IllegalStateException("Postfix ended with exit code " + process.exitValue());
        }
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout((int) START_LIMIT.toMillis());
            return client.getInputStream().read() == '2';
        } catch (IOException _) {
            return false;
        }
    }

    public String host() {
        return host;
    }

    /** In the clear until STARTTLS, and no login before it. */
    public int submissionPort() {
        return submissionPort;
    }

    public int submissionsPort() {
        return submissionsPort;
    }

    /** Where it is told by PROXY, ahead of TLS, where a client comes from. */
    public int submissionsProxyPort() {
        return submissionsProxyPort;
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        // Its children are asked for while it lives: afterwards nobody knows whose they were.
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, END_LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
