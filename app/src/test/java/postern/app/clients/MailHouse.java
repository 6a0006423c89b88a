package postern.app.clients;

import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import postern.app.WholeServer;
import postern.app.dovecot.Dovecot;
import postern.app.dovecot.DovecotSetup;
import postern.app.dovecot.FreePorts;
import postern.app.postfix.Postfix;
import postern.app.provider.TokenHouse;
import postern.credentials.Account;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.hash.SecretFile;

/**
 * All that stands behind a client: Postern, Dovecot, and (for who is root) Postfix. What people of example.org send goes
 * by Dovecot, which hands it on to Postfix while the client waits; what people of example.net and example.com send goes
 * by Postfix. To those of example.com both servers open by a token alone, which a provider gives for their consent.
 */
public final class MailHouse implements AutoCloseable {

    static final String BY_DOVECOT = "@example.org";
    static final String BY_POSTFIX = "@example.net";
    static final String BY_TOKEN = "@example.com";

    /** Who sends without a password, from 127.0.0.1 at a listener of its own. */
    static final LoginName KNOWN_DEVICE = new LoginName("swaks" + BY_POSTFIX);

    static final AppPasswordId KNOWN_DEVICE_ID = new AppPasswordId("apw_knowndevice00001");

    private final Path folder;
    private final TokenHouse provider;
    private final Dovecot dovecot;
    private final Optional<Postfix> postfix;
    private final WholeServer server;

    private MailHouse(
            Path folder, TokenHouse provider, Dovecot dovecot, Optional<Postfix> postfix, WholeServer server) {
        this.folder = folder;
        this.provider = provider;
        this.dovecot = dovecot;
        this.postfix = postfix;
        this.server = server;
    }

    static MailHouse open() throws Exception {
        Path folder = Files.createTempDirectory(
                "postern", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        int relayPort = FreePorts.on("127.0.0.1", 1).getFirst();
        TokenHouse provider = TokenHouse.open();
        Dovecot dovecot = Dovecot.start(
                folder.resolve("dovecot"), DovecotSetup.relayingTo(relayPort).taking(provider));
        List<String> people = Stream.of("curl", "python", "msmtp", "swaks", "mutt")
                .flatMap(one -> Stream.of(one + BY_DOVECOT, one + BY_POSTFIX, one + BY_TOKEN))
                .toList();
        Optional<Postfix> postfix = Postfix.mayRun()
                ? Optional.of(Postfix.start(folder.resolve("postfix"), relayPort, dovecot, people))
                : Optional.empty();
        Path own = Files.createDirectory(folder.resolve("own"));
        WholeServer server = WholeServer.start(own, settings(own, provider, dovecot, postfix));
        return new MailHouse(folder, provider, dovecot, postfix, server);
    }

    private static String settings(Path own, TokenHouse provider, Dovecot dovecot, Optional<Postfix> postfix)
            throws Exception {
        SecretFile.create(own.resolve("master"), dovecot.masterPassword());
        String settings = """
                upstream-profiles.here {
                  host = "%1$s", imap.port = %2$d, pop3.port = %3$d, smtp.port = %4$d, ca-file = "%5$s"
                }
                upstreams.dovecot {
                  profile = here
                  login { strategy = master-user, user = %6$s, password = { file = master } }
                }
                upstreams.provider {
                  profile = here
                  login { strategy = oauth, oauth { token-endpoint = "%9$s", client-id = postern, scopes = [ mail ] } }
                }
                routes { default = dovecot, domains { "example.com" = provider } }
                listeners.known-devices.login-by-address { account = "%7$s", app-password = %8$s }
                # All these clients have one address, and each is wrong on purpose.
                lockout.sources { slow-after = 1000, refuse-after = 1000 }
                """.formatted(
                        dovecot.host(),
                        dovecot.imapsPort(),
                        dovecot.pop3sPort(),
                        dovecot.submissionsPort(),
                        dovecot.caFile(),
                        dovecot.masterUser(),
                        KNOWN_DEVICE,
                        KNOWN_DEVICE_ID,
                        provider.tokenEndpoint());
        return settings
                + postfix.map(one -> """
                upstreams.postfix = ${upstreams.dovecot} {
                  smtp { port = %1$d, tls = starttls }, login.strategy = authzid
                }
                upstreams.provider.smtp { port = %1$d, tls = starttls }
                routes.domains { "example.net" = postfix }
                """.formatted(one.submissionPort())).orElse("");
    }

    /** One who is known here, with an app password for this client. */
    Person person(String client, String at) throws Exception {
        LoginName name = new LoginName(client + at);
        if (server.postern().accounts().account(name).isEmpty()) {
            if (at.equals(BY_TOKEN)) {
                server.consent(name, "provider", provider.consentOf(name, "postern"));
            }
            server.postern().accounts().add(Account.person(name, MONDAY), ROOT);
        }
        return new Person(name.value(), server.issue(name).secret());
    }

    int port(String listener) {
        return server.port(listener);
    }

    String caFile() {
        return server.caFile().toString();
    }

    WholeServer server() {
        return server;
    }

    void deliver(Person to, String message) throws IOException {
        dovecot.deliver(to.name(), message);
    }

    String dovecotLog() throws IOException {
        return dovecot.log();
    }

    String postfixLog() throws IOException {
        return postfix.orElseThrow().log();
    }

    Path mailOf(Person owner) {
        return dovecot.mail().resolve(owner.name());
    }

    /** Waits until something that has these words in it has come into the inbox. */
    String arrived(Person owner, String words) {
        AtomicReference<String> found = new AtomicReference<>();
        await().until(() -> {
            if (Files.notExists(mailOf(owner).resolve("new"))) {
                return false;
            }
            try (Stream<Path> messages = Files.list(mailOf(owner).resolve("new"))) {
                for (Path message : messages.toList()) {
                    String text = Files.readString(message);
                    if (text.contains(words)) {
                        found.set(text);
                    }
                }
            }
            return found.get() != null;
        });
        return found.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        postfix.ifPresent(Postfix::close);
        dovecot.close();
        provider.close();
        try (Stream<Path> everything = Files.walk(folder)) {
            for (Path one : everything.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    /** One for all tests that ask for it: it is opened for the first of them, and closed behind the last. */
    public static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == MailHouse.class;
        }

        @Override
        public MailHouse resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot()
                    .getStore(Namespace.create(MailHouse.class))
                    .computeIfAbsent(MailHouse.class, _ -> opened(), MailHouse.class);
        }

        private static MailHouse opened() {
            try {
                return open();
            } catch (Exception e) {
                throw new IllegalStateException("The house did not open: " + e.getMessage(), e);
            }
        }
    }
}
