package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.hash.SecretFile;

/** What clients hear when the server is told to stop (SIGTERM comes to this). Trap 51. */
class DrainTest {

    private static final String GOING_DOWN = "Postern is going down for a moment. Come again.";

    @TempDir
    private Path folder;

    @Test
    void whoWaitsForNothingHearsAGoodbyeOfItsProtocol() throws Exception {
        try (Mail mail = Mail.open();
                WholeServer server = start(mail);
                ImapClient imap = server.overTls();
                MailClient pop3 = server.overTls("pop3s");
                MailClient smtp = server.overTls("submissions")) {
            String secret = server.issue(ADA).secret();
            login(imap, pop3, smtp, secret);
            imap.send("i IDLE\r\n");
            assertThat(mail.imap().heard()).isEqualTo("i IDLE");

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);

            assertThat(imap.line()).isEqualTo("* BYE " + GOING_DOWN);
            assertThat(imap.isAtEnd()).isTrue();
            assertThat(pop3.line()).isEqualTo("-ERR " + GOING_DOWN + " Closing.");
            assertThat(pop3.isAtEnd()).isTrue();
            assertThat(smtp.line()).isEqualTo("421 4.7.0 " + GOING_DOWN);
            assertThat(smtp.isAtEnd()).isTrue();
            stopped.join();
        }
    }

    /** The mail server never answers: at the end of the grace there is still a word, where it is no part of an answer. */
    @Test
    void whoWaitsForAnAnswerHasUntilTheEndOfTheGrace() throws Exception {
        try (Mail mail = Mail.open();
                WholeServer server = start(mail);
                ImapClient imap = server.overTls();
                MailClient pop3 = server.overTls("pop3s");
                MailClient smtp = server.overTls("submissions")) {
            login(imap, pop3, smtp, server.issue(ADA).secret());
            imap.send("a NOOP\r\n");
            smtp.send("MAIL FROM:<ada@example.org>\r\n");
            assertThat(mail.imap().heard()).isEqualTo("a NOOP");
            assertThat(mail.smtp().heard()).startsWith("MAIL");
            long begun = System.nanoTime();

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);

            assertThat(imap.line()).isEqualTo("* BYE " + GOING_DOWN);
            assertThat(System.nanoTime() - begun).isGreaterThan(900_000_000L);
            assertThat(smtp.isAtEnd()).isTrue();
            stopped.join();
        }
    }

    @Test
    void manyLeaveOneAfterTheOther() throws Exception {
        int many = 20;
        try (Mail mail = Mail.open();
                WholeServer server = start(mail)) {
            String secret = server.issue(ADA).secret();
            List<ImapClient> clients = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                ImapClient client = server.overTls();
                client.say("LOGIN ada@example.org " + secret);
                clients.add(client);
            }

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);

            for (ImapClient client : clients) {
                assertThat(client.line()).isEqualTo("* BYE " + GOING_DOWN);
                client.close();
            }
            stopped.join();
        }
    }

    /** It is not us who go, but the clients cannot tell, and are owed the same. */
    @Test
    void whoseMailServerDiesHearsAGoodbyeOfItsProtocol() throws Exception {
        try (Mail mail = Mail.open();
                WholeServer server = start(mail);
                ImapClient imap = server.overTls();
                MailClient pop3 = server.overTls("pop3s");
                MailClient smtp = server.overTls("submissions")) {
            login(imap, pop3, smtp, server.issue(ADA).secret());
            imap.send("i IDLE\r\n");
            smtp.send("MAIL FROM:<ada@example.org>\r\n");
            assertThat(mail.imap().heard()).isEqualTo("i IDLE");
            assertThat(mail.smtp().heard()).startsWith("MAIL");

            mail.hangUp();

            assertThat(imap.line()).isEqualTo("* BYE The mail server hung up.");
            assertThat(imap.isAtEnd()).isTrue();
            assertThat(pop3.line()).isEqualTo("-ERR The mail server hung up. Closing.");
            assertThat(pop3.isAtEnd()).isTrue();
            assertThat(smtp.line()).isEqualTo("421 4.7.0 The mail server hung up.");
            assertThat(smtp.isAtEnd()).isTrue();
        }
    }

    private static void login(ImapClient imap, MailClient pop3, MailClient smtp, String secret) throws Exception {
        assertThat(imap.say("LOGIN ada@example.org " + secret)).contains("a1 OK");
        pop3.greeting();
        pop3.ask("USER ada@example.org");
        assertThat(pop3.ask("PASS " + secret)).startsWith("+OK");
        smtp.greeting();
        String words = "\0ada@example.org\0" + secret;
        assertThat(smtp.ask("AUTH PLAIN " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8))))
                .startsWith("235");
    }

    private WholeServer start(Mail mail) throws Exception {
        SecretFile.create(folder.resolve("master"), "master-password");
        return WholeServer.start(folder, """
                upstreams.mail {
                  host = "127.0.0.1"
                  imap { port = %d, tls = none }
                  pop3 { port = %d, tls = none }
                  smtp { port = %d, tls = none, extensions = "SIZE" }
                  login { user = postern, password = { file = master } }
                }
                routes.default = mail
                """.formatted(
                        mail.imap().port(), mail.pop3().port(), mail.smtp().port()));
    }

    private record Mail(MailServerThatListens imap, MailServerThatListens pop3, MailServerThatListens smtp)
            implements AutoCloseable {

        static Mail open() throws IOException {
            return new Mail(
                    new MailServerThatListens("L1 OK [CAPABILITY IMAP4rev1 IDLE] Come in."),
                    new MailServerThatListens("+OK Here.", List.of("+OK", "+OK Come in.", "+OK\r\nTOP\r\nUIDL\r\n.")),
                    new MailServerThatListens(
                            "220 Here.", List.of("250-Here.\r\n250-SIZE 1\r\n250 AUTH PLAIN", "334 ", "235 Come in.")));
        }

        void hangUp() throws IOException {
            imap.hangUp();
            pop3.hangUp();
            smtp.hangUp();
        }

        @Override
        public void close() throws IOException {
            imap.close();
            pop3.close();
            smtp.close();
        }
    }
}
