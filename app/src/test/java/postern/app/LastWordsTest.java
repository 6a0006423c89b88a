package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.hash.SecretFile;

/** A script that pipes its commands in shuts its side of the connection behind the last, and still wants the answers. */
class LastWordsTest {

    /** The kernel takes it at once: more than that is cut short, by a bug of Netty's. */
    private static final int SHORT = 1 << 16;

    @TempDir
    private Path folder;

    @Test
    void whoSaysNothingMoreStillHearsWhatItAskedFor() throws Exception {
        SecretFile.create(folder.resolve("master"), "secret");
        try (MailServerThatPours mail = MailServerThatPours.byImap(SHORT);
                WholeServer server = WholeServer.start(folder, """
                        upstreams.mail {
                          host = "127.0.0.1", imap { port = %d, tls = none }, login { user = m, password = { file = master } }
                        }
                        routes.default = mail
                        """.formatted(mail.port()));
                ImapClient client = server.overTls()) {
            assertThat(client.say("LOGIN ada@example.org " + server.issue(ADA).secret()))
                    .contains("OK");

            client.send("a FETCH 1 BODY[]\r\n");
            client.fallSilent();

            assertThat(client.line()).isEqualTo("* 1 FETCH (BODY[] {" + mail.bytes() + "}");
            assertThat(client.skip(mail.bytes())).isEqualTo(mail.bytes());
            assertThat(client.line()).isEqualTo(")");
            assertThat(client.line()).isEqualTo("a OK Done.");
            assertThat(client.isAtEnd()).isTrue();
        }
    }
}
