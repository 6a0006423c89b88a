package postern.app.demo;

import ch.qos.logback.classic.Level;
import com.icegreen.greenmail.imap.AuthorizationException;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mail server behind the demo: real IMAP, POP3 and SMTP over TLS, in this process, with a few
 * messages in each mailbox. It has no master user of its own, so each mailbox gets a login of that form.
 */
final class DemoMailServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemoMailServer.class);

    static final String MASTER_USER = "postern";
    static final String SEPARATOR = "*";

    private static final List<String> MESSAGES = List.of("welcome.eml", "scanner.eml", "minutes.eml");

    private final GreenMail server;

    private final DemoActiveSync phones;

    private DemoMailServer(GreenMail server, DemoActiveSync phones) {
        this.server = server;
        this.phones = phones;
    }

    static DemoMailServer start(DemoCertificates certificates, String masterPassword, List<String> people)
            throws MessagingException, IOException, FolderException, AuthorizationException {
        System.setProperty(
                "greenmail.tls.keystore.file", certificates.keystore().toString());
        System.setProperty("greenmail.tls.keystore.password", certificates.keystorePassword());
        quiet();
        GreenMail server = new GreenMail(
                Stream.of(ServerSetup.PROTOCOL_IMAPS, ServerSetup.PROTOCOL_POP3S, ServerSetup.PROTOCOL_SMTPS)
                        .map(protocol -> new ServerSetup(0, "127.0.0.1", protocol))
                        .toArray(ServerSetup[]::new));
        server.start();
        for (String person : people) {
            GreenMailUser mailbox = server.setUser(person, person + SEPARATOR + MASTER_USER, masterPassword);
            server.getManagers().getImapHostManager().createMailbox(mailbox, "INBOX.Archive");
            fill(mailbox);
        }
        return new DemoMailServer(server, DemoActiveSync.start(certificates, masterPassword, people));
    }

    /** It takes every client that leaves for an error, and says so at length between our own lines. */
    private static void quiet() {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("com.icegreen")).setLevel(Level.OFF);
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> {
            boolean its = Stream.of(failure.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().startsWith("com.icegreen."));
            if (!its) {
                LOG.error("a thread ended on a bug", failure);
            }
        });
    }

    private static void fill(GreenMailUser person) throws MessagingException, IOException {
        for (String message : MESSAGES) {
            try (InputStream file = Objects.requireNonNull(DemoMailServer.class.getResourceAsStream(message))) {
                MimeMessage parsed = new MimeMessage(Session.getInstance(new Properties()), file);
                parsed.setHeader("To", person.getEmail());
                person.deliver(parsed);
            }
        }
    }

    /** Where it listens, with TLS from the first byte. */
    record Ports(int imaps, int pop3s, int smtps, int https) {}

    Ports ports() {
        return new Ports(
                server.getImaps().getPort(),
                server.getPop3s().getPort(),
                server.getSmtps().getPort(),
                phones.port());
    }

    @Override
    public void close() {
        phones.close();
        server.stop();
    }
}
