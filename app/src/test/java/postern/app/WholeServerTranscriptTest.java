package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postern.credentials.hash.SecretFile;
import postern.proxy.transcript.Given;
import postern.proxy.transcript.Step;
import postern.proxy.transcript.Step.Handshake;
import postern.proxy.transcript.Step.Hear;
import postern.proxy.transcript.Step.MailboxHear;
import postern.proxy.transcript.Step.Say;
import postern.proxy.transcript.Transcript;

/** The same conversations as at the door, with everything behind it: TLS, store, keys, upstream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeServerTranscriptTest {

    private static final String WELCOME = "L1 OK [CAPABILITY IMAP4rev1 IDLE] Come in.";
    private static final String REFUSAL = "L1 NO Not you.";

    @TempDir
    static Path folders;

    /** One for each set of givens; TLS is not one of theirs, since a server has both doors. */
    private final Map<Set<Given>, World> worlds = new HashMap<>();

    private record World(WholeServer server, MailServerThatListens mail) {}

    static List<Transcript> transcripts() throws IOException {
        return Transcript.in(Path.of("../proxy/src/test/transcripts/imap"));
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theWholeServerKeepsToTheLetter(Transcript transcript) throws Exception {
        World world = worldOf(transcript.givens());
        boolean goodbye = false;
        try (ImapClient client = transcript.givens().contains(Given.NO_TLS)
                ? world.server().inTheClear()
                : world.server().overTls()) {
            boolean greeted = false;
            for (Step step : transcript.steps()) {
                String where = transcript.name() + ":" + step.line();
                switch (step) {
                    case Say say -> client.send(say.packet());
                    case Handshake _ -> client.encrypt();
                    case Hear hear -> {
                        String line = greeted ? client.line() : client.greeting();
                        greeted = true;
                        assertThat(hear.matches(line)).as(where + ": " + line).isTrue();
                        goodbye |= line.startsWith("* BYE");
                    }
                    case MailboxHear(int _, String text) ->
                        assertThat(world.mail().heard()).as(where).isEqualTo(text);
                }
            }
            assertThat(world.mail().heardNothingElse()).as(transcript.name()).isTrue();
            if (goodbye) {
                assertThat(client.isAtEnd()).as(transcript.name()).isTrue();
            }
        }
    }

    @AfterAll
    void closeThemAll() throws Exception {
        for (World world : worlds.values()) {
            world.server().close();
            world.mail().close();
        }
    }

    private World worldOf(Set<Given> givens) throws Exception {
        Set<Given> behindTheDoor = new HashSet<>(givens);
        behindTheDoor.remove(Given.NO_TLS);
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
        MailServerThatListens mail =
                new MailServerThatListens(givens.contains(Given.UPSTREAM_REFUSES) ? REFUSAL : WELCOME);
        if (givens.contains(Given.UPSTREAM_DOWN)) {
            mail.close();
        }
        WholeServer server = WholeServer.start(
                folder,
                """
                lockout.mode = learn
                upstreams.mail {
                  host = "127.0.0.1", imap { port = %d, tls = none }
                  login { user = postern, password = { file = master } }
                }
                """.formatted(mail.port()) + (givens.contains(Given.NO_ROUTE) ? "" : "routes.default = mail\n"));
        server.postern()
                .store()
                .add(
                        givens.contains(Given.EXPIRED)
                                ? appPassword(SCANNER_ID, typed(SCANNER_SECRET), Optional.of(MONDAY))
                                : SCANNER,
                        40,
                        ROOT);
        if (givens.contains(Given.STORE_DOWN)) {
            breakStore(folder);
        }
        return new World(server, mail);
    }

    /** From outside, as a failing disk would. */
    private static void breakStore(Path folder) throws Exception {
        try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("postern.db"))) {
            sql.createStatement().execute("ALTER TABLE app_passwords RENAME TO gone");
        }
    }
}
