package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trap 53: whatever people type as their name, one person is meant. */
class TypedNamesTest {

    private static final String RULES = """
            listener-defaults.names { default-domain = example.org, windows-domains { EXAMPLE = example.org } }
            """;

    @Test
    void aBareNameAndAWindowsNameMeanWhomTheListenerSays(@TempDir Path folder) throws Exception {
        try (WholeServer server = WholeServer.start(folder, RULES)) {
            String secret = server.issue(ADA).secret();

            // Let in; that no mailbox is routed here is another matter.
            for (String typed : new String[] {"ada", "\" ADA \"", "\"EXAMPLE\\\\ada\"", "ada@EXAMPLE.org"}) {
                try (ImapClient client = server.overTls()) {
                    assertThat(client.say("LOGIN " + typed + " " + secret))
                            .as(typed)
                            .contains("NO [CONTACTADMIN]");
                }
            }
            try (ImapClient client = server.overTls()) {
                assertThat(client.authenticatePlain("", "EXAMPLE\\ada", secret)).contains("NO [CONTACTADMIN]");
            }
        }
    }

    @Test
    void aWindowsDomainThatNobodyKnowsIsNoName(@TempDir Path folder) throws Exception {
        try (WholeServer server = WholeServer.start(folder, RULES);
                ImapClient client = server.overTls()) {
            assertThat(client.say("LOGIN \"NOBODY\\\\ada\" x")).contains("BAD Expected a user name");
        }
    }
}
