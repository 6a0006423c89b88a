package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.audit.AuditKind;

/** T-13, H-05: keys are changed, and nobody has to do anything. */
class KeysCommandTest {

    private final Path folder;
    private final HostCommands host;
    private final String secret;

    KeysCommandTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        String secret;
        try (WholeServer server = WholeServer.start(folder, "")) {
            secret = server.issue(ADA).secret();
        }
        this.secret = secret;
        this.host = new HostCommands(folder);
    }

    @Test
    void bothRingsFromTheOldKeyToTheNewOne() throws Exception {
        String oldLookup = idOf("lookup", "in use");
        String oldPepper = idOf("pepper", "in use");
        assertThat(host.execute("keys add", "lookup")).isZero();
        assertThat(host.execute("keys add", "pepper")).isZero();
        assertThat(host.execute("keys activate", "lookup", idOf("lookup", "kept")))
                .isZero();
        assertThat(host.execute("keys activate", "pepper", idOf("pepper", "kept")))
                .isZero();
        assertThat(host.execute("keys retire", "pepper", oldPepper)).isEqualTo(1);
        assertThat(host.complained()).startsWith(oldPepper + ": 1 app passwords need it (expected: none;");

        try (WholeServer server = WholeServer.start(folder, "")) {
            assertThat(login(server)).contains("NO [CONTACTADMIN]"); // in, and no mailbox is routed here
            await().until(() -> uses(oldLookup) == 0 && uses(oldPepper) == 0);
        }

        assertThat(host.execute("keys retire", "lookup", oldLookup)).isZero();
        assertThat(host.execute("keys retire", "pepper", oldPepper)).isZero();
        assertThat(Files.readAllLines(folder.resolve("keys/pepper.key"))).hasSize(1);
        try (WholeServer server = WholeServer.start(folder, "")) {
            assertThat(login(server)).contains("NO [CONTACTADMIN]");
        }
        assertThat(host.execute("audit verify")).isZero();
        assertThat(StoredTrail.of(folder, AuditKind.KEY_ROTATED))
                .extracting(told -> told.facts().get("ring"))
                .containsExactly("lookup", "pepper");
        assertThat(StoredTrail.of(folder, AuditKind.KEY_RETIRED))
                .extracting(told -> told.facts().get("key"))
                .containsExactly(oldLookup, oldPepper);
    }

    @Test
    void theOneThatIsInUseStaysAndOneThatIsNotThereIsToldOf() throws Exception {
        String lookup = idOf("lookup", "in use");

        assertThat(host.execute("keys retire", "lookup", lookup)).isEqualTo(1);
        assertThat(host.complained()).isEqualTo(lookup + ": is in use (expected: another one is activated first)\n");
        assertThat(host.execute("keys activate", "lookup", "00000000")).isEqualTo(1);
        assertThat(host.complained()).startsWith("00000000: not on the ring (expected: one of [" + lookup + "])");
    }

    @Test
    void noKeyIsPrinted() throws Exception {
        host.execute("keys add", "pepper");
        String said = host.said();
        host.execute("keys list");

        for (String key : Files.readAllLines(folder.resolve("keys/pepper.key"))) {
            assertThat(said + host.said()).doesNotContain(key);
        }
    }

    private String login(WholeServer server) throws Exception {
        try (ImapClient client = server.overTls()) {
            return client.say("LOGIN ada@example.org " + secret);
        }
    }

    private int uses(String id) {
        host.execute("keys list");
        return host.said()
                .lines()
                .filter(line -> line.contains(id))
                .map(line -> Integer.parseInt(line.replaceFirst(".*  (\\d+) app passwords", "$1")))
                .findFirst()
                .orElseThrow();
    }

    private String idOf(String ring, String state) {
        host.execute("keys list");
        return host.said()
                .lines()
                .filter(line -> line.startsWith(ring) && line.contains(state))
                .map(line -> line.replaceFirst("\\w+ +(\\w+) .*", "$1"))
                .findFirst()
                .orElseThrow();
    }
}
