package postern.app.dovecot;

import static java.util.Objects.requireNonNull;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** All that one Dovecot reads and writes: {@code etc/}, {@code mail/}, {@code run/}, {@code state/} and its log. */
final class DovecotFolder {

    private final Path root;
    private final RunAs owner;
    private final AtomicInteger delivered = new AtomicInteger();

    private DovecotFolder(Path root, RunAs owner) {
        this.root = root;
        this.owner = owner;
    }

    static DovecotFolder make(Path root) throws IOException {
        for (String name : List.of("etc", "mail", "run", "state")) {
            Files.createDirectories(root.resolve(name));
        }
        Path log = root.resolve("dovecot.log");
        if (Files.notExists(log)) {
            Files.createFile(log);
        }
        return new DovecotFolder(root.toAbsolutePath(), RunAs.ourselvesOrNobody(root.resolve("etc")));
    }

    Path config() {
        return root.resolve("etc/dovecot.conf");
    }

    Path caFile() {
        return root.resolve("etc/ca.pem");
    }

    Path certificateFile() {
        return root.resolve("etc/server.pem");
    }

    Path keyFile() {
        return root.resolve("etc/server.key");
    }

    Path mail() {
        return root.resolve("mail");
    }

    Path log() {
        return root.resolve("dovecot.log");
    }

    RunAs owner() {
        return owner;
    }

    void writeCertificate(String host) throws Exception {
        X509Bundle ca = new CertificateBuilder()
                .subject("CN=Throw-away CA")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        X509Bundle server = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .addSanIpAddress(host)
                .addExtendedKeyUsageServerAuth()
                .buildIssuedBy(ca);
        Files.writeString(caFile(), ca.getCertificatePEM());
        Files.writeString(certificateFile(), server.getCertificatePEM());
        Files.writeString(keyFile(), server.getPrivateKeyPEM());
    }

    void writeMaster(String user, String password) throws IOException {
        Files.writeString(root.resolve("etc/masters"), user + ":{PLAIN}" + password + "\n");
    }

    /** Each of the keys that tokens are signed with, in PEM, where Dovecot looks for it by its name. */
    void writeKeys(Map<String, String> keys) throws IOException {
        Path folder = Files.createDirectories(root.resolve("etc/keys/default/RS256"));
        for (Map.Entry<String, String> key : keys.entrySet()) {
            Files.writeString(folder.resolve(key.getKey()), key.getValue());
        }
    }

    void writeConfig(String name, Map<String, Object> values) throws IOException {
        String config = template(name)
                .replace("@folder@", root.toString())
                .replace("@user@", owner.user())
                .replace("@group@", owner.group());
        for (Map.Entry<String, Object> value : values.entrySet()) {
            config = config.replace("@" + value.getKey() + "@", value.getValue().toString());
        }
        Files.writeString(root.resolve("etc").resolve(name), config);
    }

    private static String template(String name) throws IOException {
        try (InputStream template = DovecotFolder.class.getResourceAsStream("/dovecot/" + name + ".template")) {
            return new String(requireNonNull(template).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void handOver() throws IOException {
        try (Stream<Path> everything = Files.walk(root)) {
            for (Path one : everything.toList()) {
                owner.own(one);
            }
        }
    }

    /** As a mail server delivers: whole or not at all, since a file in {@code new/} may be read at once. */
    void deliver(String mailbox, String message) throws IOException {
        // Dovecot lower-cases login names before it looks for their mail.
        Path maildir = mail().resolve(mailbox.toLowerCase(Locale.ROOT));
        for (String name : List.of("", "tmp", "new", "cur")) {
            owner.own(Files.createDirectories(maildir.resolve(name)));
        }
        Instant now = Instant.now();
        String name = "%d.M%06dP%d".formatted(now.getEpochSecond(), now.getNano() / 1000, delivered.incrementAndGet());
        Path written = Files.writeString(maildir.resolve("tmp").resolve(name), message);
        owner.own(written);
        Files.move(written, maildir.resolve("new").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
