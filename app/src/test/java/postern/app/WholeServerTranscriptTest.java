package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.appPassword;
import static postern.credentials.SampleLogins.typed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postern.credentials.hash.SecretFile;
import postern.proxy.transcript.Dialect;
import postern.proxy.transcript.Given;
import postern.proxy.transcript.SampleWorld;
import postern.proxy.transcript.Step;
import postern.proxy.transcript.Step.Handshake;
import postern.proxy.transcript.Step.Hear;
import postern.proxy.transcript.Step.MailboxHear;
import postern.proxy.transcript.Step.MailboxLeave;
import postern.proxy.transcript.Step.MailboxSay;
import postern.proxy.transcript.Step.Say;
import postern.proxy.transcript.Transcript;

/** The same conversations as at the door, with everything behind it: TLS, store, keys, upstream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeServerTranscriptTest {

    private static final String NAMES =
            "listener-defaults.names { default-domain = example.org, windows-domains { CONTOSO = example.org } }\n";

    @TempDir
    static Path folders;

    /** One for each set of givens; which door it is is not one of theirs, since a server has them all. */
    private final Map<Set<Given>, World> worlds = new HashMap<>();

    private record World(WholeServer server, Map<Dialect, MailServerThatListens> mail, List<MailClient> guests) {}

    /** A conversation, and what is spoken in it. */
    record Play(Dialect dialect, Transcript transcript) {

        @Override
        public String toString() {
            return dialect.folder() + "/" + transcript.name();
        }
    }

    static List<Play> plays() throws IOException {
        List<Play> all = new ArrayList<>();
        for (Dialect dialect : Dialect.values()) {
            for (Transcript transcript : Transcript.in(Path.of("../proxy/src/test/transcripts", dialect.folder()))) {
                all.add(new Play(dialect, transcript));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("plays")
    void theWholeServerKeepsToTheLetter(Play play) throws Exception {
        World world = worldOf(play.transcript().givens());
        MailServerThatListens mail = Objects.requireNonNull(world.mail().get(play.dialect()));
        boolean over = false;
        try (MailClient client = clientOf(play, world.server())) {
            boolean greeted = false;
            for (Step step : play.transcript().steps()) {
                String where = play + ":" + step.line();
                switch (step) {
                    case Say say -> client.send(say.packet());
                    case Handshake _ -> client.encrypt();
                    case Hear hear -> {
                        String line = greeted ? client.line() : client.greeting();
                        greeted = true;
                        assertThat(hear.matches(line)).as(where + ": " + line).isTrue();
                        over |= play.dialect().isGoodbye(line);
                    }
                    case MailboxHear(int _, String text) ->
                        assertThat(mail.heard()).as(where).isEqualTo(text);
                    case MailboxSay(int _, String text) -> mail.say(text);
                    case MailboxLeave _ -> {
                        mail.hangUp();
                        over = true;
                    }
                }
            }
            assertThat(mail.heardNothingElse()).as(play.toString()).isTrue();
            if (over) {
                assertThat(client.isAtEnd()).as(play.toString()).isTrue();
            }
        }
    }

    private static MailClient clientOf(Play play, WholeServer server) throws Exception {
        if (play.transcript().givens().contains(Given.TRUSTED_NETWORK)) {
            return server.inTheClear("devices");
        } else if (play.transcript().givens().contains(Given.KNOWN_ADDRESS)) {
            return server.inTheClear("known-devices");
        }
        return play.transcript().givens().contains(Given.NO_TLS)
                ? server.inTheClear(
                        switch (play.dialect()) {
                            case IMAP -> "imap";
                            case POP3 -> "pop3";
                            case SMTP -> "submission";
                        })
                : server.overTls(
                        switch (play.dialect()) {
                            case IMAP -> "imaps";
                            case POP3 -> "pop3s";
                            case SMTP -> "submissions";
                        });
    }

    /** Lets everybody in, or nobody. */
    private static MailServerThatListens mailServer(Dialect dialect, Set<Given> givens) throws IOException {
        boolean refuses = givens.contains(Given.UPSTREAM_REFUSES);
        boolean full = givens.contains(Given.UPSTREAM_FULL);
        List<String> answers = switch (dialect) {
            case IMAP -> List.of(refuses ? "L1 NO Not you." : "L1 OK [CAPABILITY IMAP4rev1 IDLE] Come in.");
            case POP3 ->
                refuses ? List.of("+OK", "-ERR Not you.") : List.of("+OK", "+OK Come in.", "+OK\r\nTOP\r\nUIDL\r\n.");
            case SMTP ->
                List.of(
                        "250-Here.\r\n250-SIZE 1000000\r\n250-8BITMIME\r\n250 AUTH PLAIN",
                        "334 ",
                        refuses ? "535 Not you." : "235 Come in.");
        };
        String greeting = switch (dialect) {
            case IMAP -> full ? "* BYE Too many." : "* OK Here.";
            case POP3 -> full ? "-ERR Too many." : "+OK Here.";
            case SMTP -> full ? "421 4.3.2 Too many." : "220 Here.";
        };
        return new MailServerThatListens(
                greeting, givens.contains(Given.UPSTREAM_LEAVES) ? leaving(dialect, answers) : answers);
    }

    /** With a word of goodbye where the protocol has one. */
    private static List<String> leaving(Dialect dialect, List<String> answers) {
        return switch (dialect) {
            case IMAP -> List.of("* BYE Going down.", MailServerThatListens.HANG_UP);
            case POP3 -> List.of(answers.getFirst(), MailServerThatListens.HANG_UP);
            case SMTP -> List.of(answers.getFirst(), "421 4.3.2 Going down.", MailServerThatListens.HANG_UP);
        };
    }

    @AfterAll
    void closeThemAll() throws Exception {
        for (World world : worlds.values()) {
            for (MailClient guest : world.guests()) {
                guest.close();
            }
            world.server().close();
            for (MailServerThatListens mail : world.mail().values()) {
                mail.close();
            }
        }
    }

    private World worldOf(Set<Given> givens) throws Exception {
        Set<Given> behindTheDoor = new HashSet<>(givens);
        behindTheDoor.removeAll(Set.of(Given.NO_TLS, Given.TRUSTED_NETWORK, Given.KNOWN_ADDRESS));
        World known = worlds.get(behindTheDoor);
        if (known == null) {
            known = start(behindTheDoor, Files.createTempDirectory(folders, "world"));
            worlds.put(behindTheDoor, known);
        }
        return known;
    }

    private static World start(Set<Given> givens, Path folder) throws Exception {
        String sampleKey = "0".repeat(64);
        SecretFile.create(folder.resolve("keys/lookup.key"), sampleKey);
        SecretFile.create(folder.resolve("keys/pepper.key"), sampleKey);
        SecretFile.create(folder.resolve("master"), "master-password");
        Map<Dialect, MailServerThatListens> mail = new EnumMap<>(Dialect.class);
        StringBuilder ports = new StringBuilder();
        for (Dialect dialect : Dialect.values()) {
            MailServerThatListens one = mailServer(dialect, givens);
            mail.put(dialect, one);
            ports.append("%s { port = %d, tls = none }\n".formatted(dialect.folder(), one.port()));
            if (givens.contains(Given.UPSTREAM_DOWN)) {
                one.close();
            }
        }
        WholeServer server = WholeServer.start(
                folder,
                """
                lockout.mode = learn
                upstreams.mail {
                  host = "127.0.0.1"
                  %s
                  smtp.extensions = "SIZE 8BITMIME"
                  login { user = postern, password = { file = master } }
                }
                """.formatted(ports)
                        + (givens.contains(Given.NO_ROUTE) ? "" : "routes.default = mail\n")
                        + (givens.contains(Given.NAMES) ? NAMES : "")
                        + (givens.contains(Given.NO_ROOM) ? "sessions.most-per-person = 1\n" : ""));
        server.postern()
                .store()
                .add(
                        givens.contains(Given.EXPIRED)
                                ? appPassword(SCANNER_ID, typed(SCANNER_SECRET), Optional.of(MONDAY))
                                : SCANNER,
                        40,
                        ROOT);
        if (givens.contains(Given.SENDS_NOTHING)) {
            server.postern()
                    .store()
                    .revise(
                            ADA,
                            SCANNER_ID,
                            one -> one.withScope(scope -> scope.withSending(SampleWorld.AS_SCANNER)),
                            ROOT);
        }
        if (givens.contains(Given.STORE_DOWN)) {
            breakStore(folder);
        }
        return new World(server, mail, givens.contains(Given.NO_ROOM) ? List.of(ada(server)) : List.of());
    }

    private static MailClient ada(WholeServer server) throws Exception {
        ImapClient ada = server.overTls();
        assertThat(ada.say("LOGIN ada@example.org " + SCANNER_SECRET)).contains("a1 OK");
        return ada;
    }

    /** From outside, as a failing disk would. */
    private static void breakStore(Path folder) throws Exception {
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("postern.db"))) {
            sql.createStatement().execute("ALTER TABLE app_passwords RENAME TO gone");
        }
    }
}
