package postern.app.dovecot;

import static java.util.Map.entry;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import postern.app.provider.Gift;
import postern.app.provider.TokenHouse;

/** Dovecot from the Debian package, for one test or one class of tests. */
public final class Dovecot implements AutoCloseable {

    /**
     * Not 127.0.0.1: Dovecot takes a client with the server's own address for secure and lets it log in without TLS,
     * whatever {@code ssl} says. A client of 127.0.0.2 still comes from 127.0.0.1.
     */
    private static final String HOST = "127.0.0.2";

    // PATH has no sbin for those who are not root.
    private static final String PROGRAM = "/usr/sbin/dovecot";
    private static final String MASTER_USER = "proxymaster";
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final int END_LIMIT_SECONDS = 10;

    private final DovecotFolder folder;
    private final String masterPassword;
    private final Ports ports;
    private final Process process;

    private Dovecot(DovecotFolder folder, String masterPassword, Ports ports, Process process) {
        this.folder = folder;
        this.masterPassword = masterPassword;
        this.ports = ports;
        this.process = process;
    }

    /**
     * Starts one in a folder for it alone and returns when it greets. Started by root, Dovecot is the user nobody, who
     * gets the folder and must be let through those above it: a {@code @TempDir} will do, a folder inside one will not.
     */
    public static Dovecot start(Path root) throws Exception {
        return start(root, DovecotSetup.PLAIN);
    }

    /** The same, with what only this one has. */
    public static Dovecot start(Path root, DovecotSetup setup) throws Exception {
        DovecotFolder folder = DovecotFolder.make(root);
        String masterPassword = drawPassword();
        folder.writeCertificate(HOST);
        folder.writeMaster(MASTER_USER, masterPassword);
        folder.writeKeys(setup.house().map(TokenHouse::publicKeys).orElse(Map.of()));
        Ports ports = Ports.free();
        Map<String, Object> values = Map.ofEntries(
                entry("host", HOST),
                entry("imapPort", ports.imap()),
                entry("imapsPort", ports.imaps()),
                entry("pop3Port", ports.pop3()),
                entry("pop3sPort", ports.pop3s()),
                entry("submissionPort", ports.submission()),
                entry("submissionsPort", ports.submissions()),
                entry("imapsProxyPort", ports.imapsProxy()),
                entry("pop3sProxyPort", ports.pop3sProxy()),
                entry("authPort", ports.auth()),
                entry("relayPort", setup.relayPort()),
                entry("trusted", setup.trusted()),
                entry("issuer", setup.house().map(TokenHouse::issuer).orElse("https://nobody.example.com")),
                entry("audience", Gift.GOOD.audience()),
                entry("scope", Gift.GOOD.scope()),
                entry("mailboxClaim", TokenHouse.MAILBOX_CLAIM),
                entry("ownPassword", drawPassword()));
        folder.writeConfig("dovecot.conf", values);
        folder.writeConfig("oauth2.conf", values);
        folder.handOver();
        Dovecot dovecot = new Dovecot(folder, masterPassword, ports, run(folder));
        dovecot.awaitGreeting();
        return dovecot;
    }

    private static Process run(DovecotFolder folder) throws IOException {
        List<String> command =
                folder.owner().command(PROGRAM, "-F", "-c", folder.config().toString());
        // A Dovecot that dislikes its configuration says so before it opens its log.
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.log().toFile()))
                .start();
    }

    private static String drawPassword() {
        return new BigInteger(128, new SecureRandom()).toString(Character.MAX_RADIX);
    }

    private void awaitGreeting() throws IOException {
        try {
            await("Dovecot's greeting")
                    .atMost(START_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(this::greets);
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException("Dovecot did not come up. The end of its log:\n" + endOfLog(), e);
        }
    }

    private boolean greets() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Dovecot ended with exit code " + process.exitValue());
        }
        try (Socket client = new Socket(HOST, ports.imap())) {
            client.setSoTimeout((int) START_LIMIT.toMillis());
            String greeting = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return greeting != null && greeting.startsWith("* OK");
        } catch (IOException _) {
            return false;
        }
    }

    private String endOfLog() throws IOException {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    public String host() {
        return HOST;
    }

    /** In the clear until STARTTLS, and no login before it. */
    public int imapPort() {
        return ports.imap();
    }

    public int imapsPort() {
        return ports.imaps();
    }

    /** In the clear until STLS, and no login before it. */
    public int pop3Port() {
        return ports.pop3();
    }

    public int pop3sPort() {
        return ports.pop3s();
    }

    /** In the clear until STARTTLS, and no login before it. */
    public int submissionPort() {
        return ports.submission();
    }

    public int submissionsPort() {
        return ports.submissions();
    }

    /** Where it is told by PROXY, ahead of TLS, where a client comes from. */
    public int imapsProxyPort() {
        return ports.imapsProxy();
    }

    /** The same. */
    public int pop3sProxyPort() {
        return ports.pop3sProxy();
    }

    /** Where other servers ask it who may log in. */
    public int authPort() {
        return ports.auth();
    }

    public Path caFile() {
        return folder.caFile();
    }

    /** For {@link #host}, and of the same authority; its key is beside it. */
    public Path certificateFile() {
        return folder.certificateFile();
    }

    public Path keyFile() {
        return folder.keyFile();
    }

    /** Everybody's mail, each in a Maildir under the name of its owner. */
    public Path mail() {
        return folder.mail();
    }

    public String masterUser() {
        return MASTER_USER;
    }

    public String masterPassword() {
        return masterPassword;
    }

    /** Puts a message into somebody's inbox; a mailbox begins with its first message or its first login. */
    public void deliver(String mailbox, String message) throws IOException {
        folder.deliver(mailbox, message);
    }

    /** Dovecot writes it a moment behind: wait for what is to be in it. */
    public String log() throws IOException {
        return Files.readString(folder.log());
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

    private record Ports(
            int imap,
            int imaps,
            int pop3,
            int pop3s,
            int submission,
            int submissions,
            int imapsProxy,
            int pop3sProxy,
            int auth) {

        static Ports free() throws IOException {
            Iterator<Integer> free = FreePorts.on(HOST, 9).iterator();
            return new Ports(
                    free.next(),
                    free.next(),
                    free.next(),
                    free.next(),
                    free.next(),
                    free.next(),
                    free.next(),
                    free.next(),
                    free.next());
        }
    }
}
