package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.LastUse;
import postern.credentials.issue.Issue.Made;

/** What a client calls itself reaches those who look for it: the last use, the list of devices, the audit trail, the device pin. */
class ClientsThatSayWhoTheyAreTest {

    @Test
    void anIdIsRememberedWithTheLastUse(@TempDir Path folder) throws Exception {
        try (WholeServer server = WholeServer.start(folder, "");
                ImapClient client = server.overTls()) {
            Made made = server.issue(ADA);
            client.say("ID (\"name\" \"Outlook\" \"os\" \"Windows\" \"version\" \"14.0\")");
            client.say("LOGIN ada@example.org " + made.secret());

            assertThat(deviceOf(server, made)).contains("Outlook/14.0");
        }
    }

    @Test
    void soIsTheNameAfterEhlo(@TempDir Path folder) throws Exception {
        try (WholeServer server = WholeServer.start(folder, "");
                MailClient client = server.overTls("submissions")) {
            Made made = server.issue(ADA);
            client.greeting();
            client.send("EHLO scan-3f\r\n");
            client.until("250 ");
            String words = "\0ada@example.org\0" + made.secret();
            client.ask("AUTH PLAIN " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8)));

            assertThat(deviceOf(server, made)).contains("scan-3f");
        }
    }

    /** What was said in the clear may have been said by somebody else. */
    @Test
    void whatWasSaidBeforeStarttlsIsForgotten(@TempDir Path folder) throws Exception {
        try (WholeServer server = WholeServer.start(folder, "");
                ImapClient client = server.inTheClear()) {
            Made made = server.issue(ADA);
            client.say("ID (\"name\" \"Mallory\")");
            client.say("STARTTLS");
            client.encrypt();
            client.say("LOGIN ada@example.org " + made.secret());

            assertThat(deviceOf(server, made)).isEmpty();
        }
    }

    private static Optional<String> deviceOf(WholeServer server, Made made) throws Exception {
        return await().until(
                        () -> Optional.ofNullable(server.postern()
                                .store()
                                .lastUses(ADA)
                                .get(made.appPassword().id())),
                        Optional::isPresent)
                .map(LastUse::device)
                .orElseThrow();
    }
}
