package postern.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** mutt, told beforehand what to type. */
@Tag("dovecot")
@Tag("mutt")
@ExtendWith(MailHouse.Shared.class)
class MuttTest {

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps"})
    void readsAndFilesAway(String door, MailHouse house) throws Exception {
        Person reader = house.person("mutt-" + door, MailHouse.BY_DOVECOT);
        for (int i = 1; i <= 3; i++) {
            house.deliver(reader, "Subject: Number %d\r\n\r\nHello.\r\n".formatted(i));
        }
        settings(house, reader, door, "submissions");

        // All of it copied into a file, the second deleted.
        String keys = "<tag-pattern>~A<enter><tag-prefix><copy-message>%s<enter>".formatted(home.resolve("copy"))
                + "<untag-pattern>~A<enter>2<enter><delete-message><sync-mailbox><quit>";
        Program read = onATerminal("mutt -F muttrc -f =INBOX -e 'push \"%s\"'".formatted(keys));

        assertThat(home.resolve("copy")).as(read.output()).exists();
        assertThat(Files.readString(home.resolve("copy"))).contains("Subject: Number 1", "Subject: Number 3");
        try (var left = Files.list(house.mailOf(reader).resolve("cur"))) {
            assertThat(left).hasSize(2);
        }
    }

    /** By SMTP, and a copy of it by IMAP into a folder that it makes. */
    @Tag("postfix")
    @EnabledIf("postern.app.postfix.Postfix#mayRun")
    @ParameterizedTest
    @CsvSource({
        "imap, submission, @example.org",
        "imap, submission, @example.net",
        "imaps, submissions, @example.org",
        "imaps, submissions, @example.net"
    })
    void sendsAndKeepsACopy(String imap, String smtp, String by, MailHouse house) throws Exception {
        Person sender = house.person("mutt", by);
        settings(house, sender, imap, smtp);
        String subject = "By %s and %s".formatted(smtp, imap);

        Program sent = Program.reading("Hello.\n", home, "mutt", "-F", "muttrc", "-s", subject, sender.name());

        assertThat(sent.exitCode()).as(sent.output()).isZero();
        assertThat(house.arrived(sender, subject)).contains("Hello.");
        try (var copies = Files.list(house.mailOf(sender).resolve(".Sent-" + smtp + "/cur"))) {
            assertThat(copies).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"submission", "submissions"})
    void saysThatItCannotSend(String door, MailHouse house) throws Exception {
        Person mistaken =
                house.person("mutt-wrong-" + door, MailHouse.BY_DOVECOT).mistaken();
        settings(house, mistaken, "imaps", door);

        Program sent = Program.reading("Hello.\n", home, "mutt", "-F", "muttrc", "-s", "No", mistaken.name());

        assertThat(sent.output()).contains("SASL authentication failed");
        assertThat(sent.exitCode()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap", "imaps"})
    void saysThatTheLoginFailed(String door, MailHouse house) throws Exception {
        Person mistaken =
                house.person("mutt-wrong-" + door, MailHouse.BY_DOVECOT).mistaken();
        settings(house, mistaken, door, "submissions");

        Program read = onATerminal("mutt -F muttrc -f =INBOX -e 'push \"<quit>\"'");

        assertThat(read.output()).contains("SASL authentication failed");
    }

    private void settings(MailHouse house, Person person, String imap, String smtp) throws Exception {
        Program.write(home, "muttrc", """
                set folder = "%1$s://%3$s@localhost:%4$d/"
                set imap_pass = "%5$s"
                set smtp_url = "%2$s://%3$s@localhost:%6$d/"
                set smtp_pass = "%5$s"
                set from = "%3$s"
                set record = "=Sent-%7$s"
                set certificate_file = "%8$s"
                set ssl_force_tls ssl_starttls ssl_usesystemcerts=no
                set copy=yes confirmcreate=no confirmappend=no delete=yes quit=yes sleep_time=0
                """.formatted(
                        imap,
                        smtp.replace("submission", "smtp"),
                        person.name(),
                        house.port(imap),
                        person.secret(),
                        house.port(smtp),
                        smtp,
                        house.caFile()));
    }

    /** mutt draws a screen, so somebody has to look at one. */
    private Program onATerminal(String command) throws Exception {
        return Program.run(home, "script", "--quiet", "--return", "--command", command, "/dev/null");
    }
}
