package postern.app.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.app.ImapClient;

/** mbsync, which has as many commands under way as it can think of, and two mailboxes to compare afterwards. */
@Tag("dovecot")
@Tag("mbsync")
@ExtendWith(MailHouse.Shared.class)
class MbsyncTest {

    private static final int HALF = 250;
    private static final int MEBI = 1 << 20;

    /** Räksmörgås and Smörgåsbord, in IMAP's own spelling. */
    private static final String THERE = "R&AOQ-ksm&APY-rg&AOU-s";

    private static final String HERE = "Sm&APY-rg&AOU-sbord";

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({"imap, LOGIN", "imap, PLAIN", "imaps, LOGIN", "imaps, PLAIN"})
    void takesAMessageEachWay(String door, String mechanism, MailHouse house) throws Exception {
        Person owner = house.person("mbsync-%s-%s".formatted(door, mechanism), MailHouse.BY_DOVECOT);

        assertTakesAMessageEachWay(house, owner, door, mechanism);
    }

    @ParameterizedTest
    @CsvSource({"imap, PLAIN", "imaps, LOGIN"})
    void soItDoesWithAMailboxThatOpensByATokenAlone(String door, String mechanism, MailHouse house) throws Exception {
        Person owner = house.person("mbsync-%s".formatted(door), MailHouse.BY_TOKEN);

        assertTakesAMessageEachWay(house, owner, door, mechanism);

        await().untilAsserted(
                        () -> assertThat(house.dovecotLog()).contains("user=<" + owner.name() + ">, method=XOAUTH2"));
    }

    private void assertTakesAMessageEachWay(MailHouse house, Person owner, String door, String mechanism)
            throws Exception {
        house.deliver(owner, "Subject: From there\r\n\r\n");
        keepHere("INBOX", "one", "Subject: From here\n\n");

        Program synced = mbsync(house, owner, door, mechanism);

        assertThat(synced.exitCode()).as(synced.output()).isZero();
        assertThat(messages(home.resolve("mail/INBOX"))).hasSize(2);
        assertThat(messages(house.mailOf(owner))).hasSize(2);
    }

    @Test
    void hundredsOfMessagesAndFoldersInAnyLanguageAreTheSameOnBothSides(MailHouse house) throws Exception {
        Person owner = house.person("mbsync-many", MailHouse.BY_DOVECOT);
        try (ImapClient client = house.server().overTls()) {
            client.say("LOGIN %s %s".formatted(owner.name(), owner.secret()));
            assertThat(client.say("CREATE \"%s\"".formatted(THERE))).contains(" OK ");
        }
        for (int i = 0; i < HALF; i++) {
            house.deliver(owner, "Subject: From there %d\r\n\r\nHello.\r\n".formatted(i));
            keepHere(HERE, "from-here-" + i, "Subject: From here %d\n\nHello.\n".formatted(i));
        }
        keepHere(THERE, "one", "Subject: Into a folder of yours\n\n");

        Program synced = mbsync(house, owner, "imaps", "LOGIN");

        assertThat(synced.exitCode()).as(synced.output()).isZero();
        assertThat(messages(home.resolve("mail/INBOX"))).hasSize(HALF);
        assertThat(messages(house.mailOf(owner).resolve("." + HERE))).hasSize(HALF);
        assertThat(messages(house.mailOf(owner).resolve("." + THERE))).hasSize(1);

        // One is thrown away here, and all the others stay where they are.
        Files.delete(messages(home.resolve("mail/INBOX")).getFirst());
        assertThat(mbsync(house, owner, "imaps", "LOGIN").exitCode()).isZero();
        assertThat(messages(house.mailOf(owner))).hasSize(HALF - 1);
        assertThat(messages(house.mailOf(owner).resolve("." + HERE))).hasSize(HALF);
    }

    @Test
    void aVeryLargeMessageComesWholeAndGoesWhole(MailHouse house) throws Exception {
        Person owner = house.person("mbsync-large", MailHouse.BY_DOVECOT);
        String body = "A line of text, and there are more of them than anybody reads.\n".repeat(25 * MEBI / 63);
        house.deliver(owner, "Subject: Large, from there\n\n" + body);
        keepHere("Large", "one", "Subject: Large, from here\n\n" + body);

        Program synced = mbsync(house, owner, "imaps", "LOGIN");

        assertThat(synced.exitCode()).as(synced.output()).isZero();
        assertThat(bodyOf(home.resolve("mail/INBOX"))).isEqualTo(body);
        assertThat(bodyOf(house.mailOf(owner).resolve(".Large"))).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps"})
    void saysWhatTheServerSaid(String door, MailHouse house) throws Exception {
        Person mistaken =
                house.person("mbsync-wrong-" + door, MailHouse.BY_DOVECOT).mistaken();

        Program synced = mbsync(house, mistaken, door, "LOGIN");

        assertThat(synced.output()).contains("NO [AUTHENTICATIONFAILED] Wrong user name or app password.");
        assertThat(synced.exitCode()).isOne();
    }

    private Program mbsync(MailHouse house, Person person, String door, String mechanism) throws Exception {
        Files.createDirectories(home.resolve("mail/INBOX"));
        Path settings = Program.write(home, "mbsyncrc", """
                FSync no
                IMAPAccount postern
                Host localhost
                Port %1$d
                User %2$s
                Pass %3$s
                SSLType %4$s
                CertificateFile %5$s
                AuthMechs %7$s

                IMAPStore there
                Account postern

                MaildirStore here
                Path %6$s/
                Inbox %6$s/INBOX
                SubFolders Verbatim

                Channel all
                Far :there:
                Near :here:
                Patterns *
                Create Both
                Expunge Both
                SyncState *
                """.formatted(
                        house.port(door),
                        person.name(),
                        person.secret(),
                        door.endsWith("s") ? "IMAPS" : "STARTTLS",
                        house.caFile(),
                        home.resolve("mail"),
                        mechanism));
        return Program.run(home, "mbsync", "-c", settings.toString(), "-a");
    }

    private void keepHere(String folder, String name, String message) throws IOException {
        Path maildir = home.resolve("mail").resolve(folder);
        for (String part : List.of("cur", "new", "tmp")) {
            Files.createDirectories(maildir.resolve(part));
        }
        Files.writeString(maildir.resolve("cur").resolve(name + ":2,S"), message);
    }

    private static List<Path> messages(Path maildir) throws IOException {
        try (Stream<Path> old = Files.list(maildir.resolve("cur"));
                Stream<Path> recent = Files.list(maildir.resolve("new"))) {
            return Stream.concat(old, recent).toList();
        }
    }

    /** Without its head, which mbsync writes a mark of its own into. */
    private static String bodyOf(Path maildir) throws IOException {
        String text = Files.readString(messages(maildir).getFirst());
        return text.substring(text.indexOf("\n\n") + 2);
    }
}
