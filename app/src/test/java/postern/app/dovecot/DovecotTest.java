package postern.app.dovecot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.app.ImapClient;

@Tag("dovecot")
class DovecotTest {

    private static final String ADA = "ada@example.org";

    @TempDir
    private static Path folder;

    private static Dovecot dovecot;

    @BeforeAll
    static void start() throws Exception {
        dovecot = Dovecot.start(folder);
    }

    @AfterAll
    static void end() {
        dovecot.close();
    }

    @Test
    void theMasterUserLogsInAsAdaAndReadsHerMail() throws Exception {
        dovecot.deliver(ADA, "Subject: Tea at four\n\nWith the engine.\n");

        try (ImapClient client = ImapClient.overTls(dovecot.host(), dovecot.imapsPort(), dovecot.caFile())) {
            assertThat(client.say("LOGIN " + ADA + "*" + dovecot.masterUser() + " " + dovecot.masterPassword()))
                    .contains(" OK ");
            assertThat(client.say("SELECT INBOX")).contains("* 1 EXISTS");
            assertThat(client.say("FETCH 1 BODY[]")).contains("Tea at four", "With the engine.");
        }
        await().untilAsserted(() -> assertThat(dovecot.log())
                .containsPattern("Login: user=<" + ADA + ">.* lip=" + dovecot.host() + ".* TLS,"));
    }

    @Test
    void theMasterUserAuthenticatesAsAnotherInPlain() throws Exception {
        dovecot.deliver("grace@example.org", "Subject: A moth\n\nIn the relay.\n");

        try (ImapClient client = ImapClient.overTls(dovecot.host(), dovecot.imapsPort(), dovecot.caFile())) {
            assertThat(client.authenticatePlain("grace@example.org", dovecot.masterUser(), dovecot.masterPassword()))
                    .contains(" OK ");
            assertThat(client.say("SELECT INBOX")).contains("* 1 EXISTS");
        }
    }

    @Test
    void mailThatComesLaterIsSeenInTheSameSession() throws Exception {
        try (ImapClient client = ImapClient.overTls(dovecot.host(), dovecot.imapsPort(), dovecot.caFile())) {
            client.authenticatePlain("later@example.org", dovecot.masterUser(), dovecot.masterPassword());
            assertThat(client.say("SELECT INBOX")).contains("* 0 EXISTS");

            dovecot.deliver("later@example.org", "Subject: First\n\n");
            assertThat(client.say("NOOP")).contains("* 1 EXISTS");
        }
    }

    @Test
    void aWrongMasterPasswordIsRefused() throws Exception {
        try (ImapClient client = ImapClient.overTls(dovecot.host(), dovecot.imapsPort(), dovecot.caFile())) {
            assertThat(client.say("LOGIN " + ADA + "*" + dovecot.masterUser() + " wrong"))
                    .contains(" NO [AUTHENTICATIONFAILED]");
            assertThat(client.authenticatePlain(ADA, dovecot.masterUser(), "wrong"))
                    .contains(" NO [AUTHENTICATIONFAILED]");
        }
    }

    @Test
    void theMasterPasswordIsNoPasswordOfAdasOwn() throws Exception {
        try (ImapClient client = ImapClient.overTls(dovecot.host(), dovecot.imapsPort(), dovecot.caFile())) {
            assertThat(client.say("LOGIN " + ADA + " " + dovecot.masterPassword()))
                    .contains(" NO [AUTHENTICATIONFAILED]");
        }
    }

    @Test
    void nobodyLogsInWithoutTls() throws Exception {
        try (ImapClient client = ImapClient.inTheClear(dovecot.host(), dovecot.imapPort(), dovecot.caFile())) {
            assertThat(client.greeting()).contains("STARTTLS", "LOGINDISABLED");
            assertThat(client.say("LOGIN " + ADA + "*" + dovecot.masterUser() + " " + dovecot.masterPassword()))
                    .contains(" NO [PRIVACYREQUIRED]");
        }
    }

    @Test
    void startTlsOpensTheLogin() throws Exception {
        try (ImapClient client = ImapClient.inTheClear(dovecot.host(), dovecot.imapPort(), dovecot.caFile())) {
            assertThat(client.say("STARTTLS")).contains(" OK ");
            client.encrypt();
            assertThat(client.authenticatePlain(ADA, dovecot.masterUser(), dovecot.masterPassword()))
                    .contains(" OK ");
        }
    }

    @Test
    void anotherOneEndsWithAllItsSessions(@TempDir Path another) throws Exception {
        ImapClient client;
        int port;
        try (Dovecot shortLived = Dovecot.start(another)) {
            client = ImapClient.overTls(shortLived.host(), shortLived.imapsPort(), shortLived.caFile());
            client.authenticatePlain(ADA, shortLived.masterUser(), shortLived.masterPassword());
            port = shortLived.imapPort();
        }

        assertThatThrownBy(() -> client.say("NOOP")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new Socket(dovecot.host(), port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void oneThatCannotStartSaysWhy(@TempDir Path another) {
        // Too long for the names of Unix sockets; and root's @TempDir lets the user nobody not into its folders.
        assertThatThrownBy(() -> Dovecot.start(another.resolve("long".repeat(30))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Fatal");
    }
}
