package postern.app.sogo;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import postern.app.ImapClient;
import postern.app.dovecot.Dovecot;
import postern.app.dovecot.FreePorts;
import postern.app.dovecot.RunAs;
import postern.credentials.store.SamplePostgres;

/**
 * SOGo from the Debian package, for one class of tests: people's mail is in a Dovecot, all else in a database of its own.
 * In front of it is nginx.
 */
public final class Sogo implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String PROGRAM = "/usr/sbin/sogod";
    private static final String NGINX = "/usr/sbin/nginx";

    /** Its file of settings is not for everybody, and it does not start where it cannot read it, if only to forget it. */
    private static final String GROUP = "sogo";

    private static final String DATABASE_USER = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final int END_LIMIT_SECONDS = 10;

    private final Path folder;
    private final Dovecot mail;
    private final int port;
    private final int frontPort;
    private final List<Process> processes = new ArrayList<>();

    private Sogo(Path folder, Dovecot mail, List<Integer> ports) {
        this.folder = folder;
        this.mail = mail;
        this.port = ports.get(0);
        this.frontPort = ports.get(1);
    }

    /**
     * Returns when it answers.
     *
     * @param folder for it alone; users who are not root are let through to it
     * @param people who have a mailbox there
     */
    public static Sogo start(Path folder, Dovecot mail, List<String> people) throws Exception {
        Sogo sogo = new Sogo(folder, mail, FreePorts.on(HOST, 2));
        RunAs owner = RunAs.ourselvesOrNobody(Files.createDirectories(folder.resolve("home")));
        String database = SamplePostgres.url();
        sogo.writePeople(database, people);
        for (String person : people) {
            sogo.numberChanges(person);
        }
        Path nginx = folder.resolve("nginx.conf");
        Files.writeString(
                nginx,
                template("nginx.conf")
                        .replace("@folder@", folder.resolve("home").toString())
                        .replace("@frontPort@", String.valueOf(sogo.frontPort))
                        .replace("@sogoPort@", String.valueOf(sogo.port)));
        for (Path one : List.of(folder, folder.resolve("home"), nginx)) {
            owner.own(one);
        }
        sogo.run(owner.inGroup(GROUP).command(sogo.command(database).toArray(String[]::new)));
        sogo.run(owner.command(NGINX, "-e", "stderr", "-c", nginx.toString(), "-g", "daemon off;"));
        sogo.awaitPorts();
        return sogo;
    }

    /** All it is told; of its file nothing is left. */
    private List<String> command(String database) {
        String tables = database.replace("jdbc:postgresql://", "postgresql://" + DATABASE_USER + ":none@");
        String mailboxes = "imaps://%s:%d/?tlsVerifyMode=none".formatted(mail.host(), mail.imapsPort());
        String people = ("({ type = sql; id = people; viewURL = \"%s/people\"; canAuthenticate = YES; "
                        + "userPasswordAlgorithm = none; IMAPLoginFieldName = c_imaplogin; })")
                .formatted(tables);
        return Stream.of(
                        List.of(PROGRAM, "-WOPort", HOST + ":" + port, "-WOWorkersCount", "3"),
                        List.of("-WONoDetach", "YES", "-WOLogFile", "-", "-WOPidFile", folder + "/home/sogo.pid"),
                        List.of("-SOGoProfileURL", tables + "/profiles", "-OCSFolderInfoURL", tables + "/folders"),
                        List.of("-OCSSessionsFolderURL", tables + "/sessions"),
                        List.of("-OCSEMailAlarmsFolderURL", tables + "/alarms", "-SOGoEnableEMailAlarms", "NO"),
                        List.of("-SOGoUserSources", people, "-SOGoIMAPServer", mailboxes),
                        List.of("-SOGoInternalSyncInterval", "1"))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Who may log in, and as whom at Dovecot: with the password of its master user, in everybody's name.
     */
    private void writePeople(String database, List<String> people) throws SQLException {
        try (Connection sql = DriverManager.getConnection(database, DATABASE_USER, "");
                Statement table = sql.createStatement()) {
            table.execute("CREATE TABLE people (c_uid text PRIMARY KEY, c_name text, c_password text, c_cn text,"
                    + " mail text, c_imaplogin text)");
            try (PreparedStatement row =
                    sql.prepareStatement("INSERT INTO people SELECT p, p, ?, p, p, p || ? FROM (SELECT ? AS p) one")) {
                for (String person : people) {
                    row.setString(1, mail.masterPassword());
                    row.setString(2, "*" + mail.masterUser());
                    row.setString(3, person);
                    row.executeUpdate();
                }
            }
        }
    }

    /** SOGo knows a mailbox by the number of its last change, which Dovecot tells once somebody has asked for it. */
    private void numberChanges(String person) throws Exception {
        try (ImapClient client = ImapClient.overTls(mail.host(), mail.imapsPort(), mail.caFile())) {
            client.authenticatePlain(person, mail.masterUser(), mail.masterPassword());
            client.say("SELECT INBOX (CONDSTORE)");
        }
    }

    private static String template(String name) throws IOException {
        try (InputStream template = requireNonNull(Sogo.class.getResourceAsStream("/sogo/" + name + ".template"))) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.resolve("home").toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("sogo.log").toFile()));
        builder.environment().put("HOME", folder.resolve("home").toString());
        processes.add(builder.start());
    }

    private void awaitPorts() throws IOException {
        try {
            await("SOGo, and nginx in front of it")
                    .atMost(START_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> isOpen(port) && isOpen(frontPort));
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException("SOGo did not come up. Its log:\n" + log(), e);
        }
    }

    private boolean isOpen(int which) {
        if (!processes.stream().allMatch(Process::isAlive)) {
            throw new IllegalStateException("one of them ended");
        }
        try (Socket client = new Socket()) {
            client.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), which), (int) START_LIMIT.toMillis());
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** In the clear; ActiveSync is where phones look for it. */
    public int port() {
        return frontPort;
    }

    /** Everybody's. */
    public String password() {
        return mail.masterPassword();
    }

    public String log() throws IOException {
        return Files.readString(folder.resolve("sogo.log"));
    }

    @Override
    public void close() {
        // Its children are asked for while it lives: afterwards nobody knows whose they were.
        List<ProcessHandle> all = processes.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                .toList();
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit()
                .completeOnTimeout(process, END_LIMIT_SECONDS, TimeUnit.SECONDS)
                .join());
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
