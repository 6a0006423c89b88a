package postern.bench.doors;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import postern.credentials.hash.SecretFile;

/** One mailbox, one certificate (ECDSA, P-256), and the doors to it, in a folder that is gone with them. */
public final class House implements AutoCloseable {

    private final Path folder;
    private final int mailbox;
    private final int question;
    private final int exchange;
    private final List<Program> open = new ArrayList<>();

    private House(Path folder, int mailbox, int question, int exchange) {
        this.folder = folder;
        this.mailbox = mailbox;
        this.question = question;
        this.exchange = exchange;
    }

    /** With nobody known to it. */
    public static House build() throws Exception {
        Path folder = Files.createTempDirectory("doors");
        Files.setPosixFilePermissions(
                folder, PosixFilePermissions.fromString("rwx--x--x")); // some run as somebody else
        House house = new House(folder, Ports.free(), Ports.free(), Ports.free());
        house.writeCertificate();
        SecretFile.create(folder.resolve("master"), "the password of the master user");
        for (String name : List.of("run", "state")) {
            Files.createDirectories(folder.resolve("dovecot").resolve(name));
        }
        Program mailbox = Program.start(
                folder.resolve("mailbox.log"),
                List.of(
                        java(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Mailbox.class.getName(),
                        String.valueOf(house.mailbox),
                        String.valueOf(house.question),
                        String.valueOf(house.exchange)));
        house.open.addFirst(mailbox);
        mailbox.awaitPort(house.mailbox).awaitPort(house.question).awaitPort(house.exchange);
        return house;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void writeCertificate() throws Exception {
        CertificateBuilder builder = new CertificateBuilder().algorithm(CertificateBuilder.Algorithm.ecp256);
        X509Bundle authority = builder.copy()
                .subject("CN=Throw-away CA")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        X509Bundle server = builder.copy()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .buildIssuedBy(authority);
        Path tls = Files.createDirectories(folder.resolve("tls"));
        Files.writeString(tls.resolve("fullchain.pem"), server.getCertificatePEM());
        Files.writeString(tls.resolve("privkey.pem"), server.getPrivateKeyPEM());
        Files.writeString(folder.resolve("both.pem"), server.getCertificatePEM() + server.getPrivateKeyPEM());
    }

    /** Whom those doors know that look into a file of plain passwords: one person a line. */
    public void writePeople(Stream<String> lines) throws IOException {
        Files.write(folder.resolve("people"), lines.toList());
    }

    /** Those that are installed. */
    public List<Door> openPeers(Peer... peers) throws IOException {
        List<Door> doors = new ArrayList<>();
        for (Peer peer : peers) {
            if (peer.isInstalled()) {
                doors.add(opened(peer.start(this)));
            }
        }
        return doors;
    }

    /** With options for its JVM, beyond those that everybody has. */
    public Door openPostern(String... options) throws IOException {
        return opened(PosternProgram.start(this, "postern.conf", List.of(options)));
    }

    /** For phones. */
    public Door openPosternForHttps(String... options) throws IOException {
        return opened(PosternProgram.start(this, "postern-https.conf", List.of(options)));
    }

    private Door opened(Door door) {
        open.addFirst(door.program());
        return door;
    }

    /** Requests that have reached what is behind the doors, and wait there for news that never come. */
    public int hangingPings() throws IOException {
        URL asked = URI.create("http://127.0.0.1:" + question + Mailbox.HANGING).toURL();
        try (InputStream answer = asked.openStream()) {
            return Integer.parseInt(new String(answer.readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    public Path folder() {
        return folder;
    }

    /** Where Postern keeps what it writes. */
    public Path dataDirectory() {
        return folder.resolve("postern");
    }

    /** From the template of that name. */
    Path write(String name, int port) throws IOException {
        String text;
        try (InputStream template = House.class.getResourceAsStream("/doors/" + name)) {
            text = new String(Objects.requireNonNull(template).readAllBytes(), StandardCharsets.UTF_8);
        }
        for (Map.Entry<String, Object> value : values(port).entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue().toString());
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private Map<String, Object> values(int port) {
        String user = System.getProperty("user.name");
        boolean root = user.equals("root");
        return Map.of(
                "folder",
                folder,
                "port",
                port,
                "mailbox",
                mailbox,
                "question",
                question,
                "exchange",
                exchange,
                "cores",
                Runtime.getRuntime().availableProcessors(),
                "internalUser",
                root ? "dovecot" : user,
                "internalGroup",
                root ? "dovecot" : user,
                "loginUser",
                root ? "dovenull" : user);
    }

    @Override
    public void close() throws IOException {
        open.forEach(Program::close);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
