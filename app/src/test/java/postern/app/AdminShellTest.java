package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.app.demo.DemoCertificates;
import postern.credentials.Account;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.Role;
import postern.credentials.SampleLogins;
import postern.credentials.administration.Caller;
import postern.credentials.administration.TokenIssue.Made;
import postern.credentials.administration.TokenOrder;

/** {@code postern admin}, from the command to the exit code, against a server over TLS. */
class AdminShellTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private WholeServer server;
    private AdminShell shell;

    @BeforeEach
    void start() throws Exception {
        server = WholeServer.start(folder, "");
        shell = AdminShell.of(server, folder, server.adminToken());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void done(String command, String... more) {
        assertThat(shell.run(command, more)).as(shell.complained()).isZero();
    }

    private JsonNode json(String command) throws Exception {
        done(command + " --json");
        return JSON.readTree(shell.said());
    }

    private List<String> appPasswords() {
        done("app-passwords list ada@example.org --json");
        return shell.said().lines().toList();
    }

    @Test
    void somebodyIsAddedAndTheirSecretIsToldOnce() throws Exception {
        done("users add --login-name grace@example.org --group research");
        assertThat(shell.said()).contains("login_name   grace@example.org\n", "group        research\n");

        done(
                "app-passwords issue grace@example.org --protocols imap,smtp --networks 192.0.2.0/24 --networks ::1",
                "--name",
                "Old phone");
        assertThat(shell.said()).containsPattern("(?m)^secret +\\S+$").contains("192.0.2.0/24,0:0:0:0:0:0:0:1/128");
        assertThat(shell.complained()).isEqualTo("The secret is told this once.\n");

        JsonNode listed = json("app-passwords list grace@example.org");
        assertThat(listed.path("name").textValue()).isEqualTo("Old phone");
        assertThat(listed.has("secret")).isFalse();
    }

    @Test
    void aListIsFollowedOverItsPages() throws Exception {
        for (int i = 0; i < 450; i++) {
            server.postern()
                    .accounts()
                    .add(
                            Account.person(new LoginName("user%03d".formatted(i)), SampleLogins.MONDAY),
                            SampleLogins.ROOT);
        }

        done("users list --q user");
        assertThat(shell.said().lines()).hasSize(3 + 450); // a head over each page
        done("users list --q user --json");
        assertThat(shell.said().lines()).hasSize(450).allMatch(line -> line.startsWith("{\"login_name\":\"user"));
        done("users list --q user --json --limit 201");
        assertThat(shell.said().lines()).hasSize(201);
        assertThat(shell.complained()).isEqualTo("There are more.\n");
    }

    @Test
    void whatIsChangedWasLookedAtFirst() throws Exception {
        done("users set ada@example.org --group research --enabled no");
        JsonNode ada = json("users get ada@example.org");
        assertThat(ada.path("group").textValue()).isEqualTo("research");
        assertThat(ada.path("enabled").booleanValue()).isFalse();

        done("users set ada@example.org --enabled yes", "--group", "");
        assertThat(json("users get ada@example.org").path("group").isNull()).isTrue();
        assertThat(shell.run("users set nobody@example.org --enabled no")).isEqualTo(1);
        assertThat(shell.complained()).contains("code user-not-found");
    }

    @Test
    void whatIsOnlyTriedChangesNothing() throws Exception {
        done("users set ada@example.org --group research --dry-run");
        assertThat(shell.said()).contains("research");
        done("app-passwords issue ada@example.org --name Phone --dry-run");
        assertThat(shell.complained()).isEqualTo("It could be done.\n");

        assertThat(json("users get ada@example.org").path("group").isNull()).isTrue();
        assertThat(appPasswords()).isEmpty();
        assertThat(shell.run("users erase ada@example.org --dry-run")).isEqualTo(2);
    }

    @Test
    void nothingIsLostUnlessSomebodySaysYes() throws Exception {
        String id = server.issue(ADA).appPassword().id().value();

        assertThat(shell.run("app-passwords revoke ada@example.org " + id)).isEqualTo(2);
        assertThat(shell.complained()).contains("It is revoked for good", "(expected: --yes)");
        assertThat(appPasswords()).hasSize(1);

        done("app-passwords revoke --yes ada@example.org " + id);
        assertThat(appPasswords()).isEmpty();
        done("users erase ada@example.org --yes");
        assertThat(shell.run("users get ada@example.org")).isEqualTo(1);
        assertThat(shell.complained()).contains("There is no such user", "code user-not-found, request ");
    }

    @Test
    void aJobIsCountedBegunAndWaitedFor() throws Exception {
        server.issue(ADA);
        server.issue(ADA);

        assertThat(shell.run("jobs begin --domain example.org")).isEqualTo(2);
        assertThat(shell.complained()).contains("2 app passwords of 1 owners are revoked for good.");
        done("jobs begin --domain example.org --yes --wait");
        assertThat(shell.said()).containsPattern("(?m)^state +done$").containsPattern("(?m)^done +2$");

        assertThat(appPasswords()).isEmpty();
        String job = json("jobs list").path("id").textValue();
        done("jobs results " + job);
        assertThat(shell.said().lines().skip(1)).hasSize(2).allMatch(line -> line.endsWith("revoked"));
    }

    @Test
    void aScriptHearsWhatItMet() throws Exception {
        Path token = folder.resolve("admin-token");
        assertThat(shell.run("users list --no-such-option")).isEqualTo(2);
        assertThat(shell.run("users")).isEqualTo(2);
        assertThat(shell.run("users add")).isEqualTo(2);
        assertThat(shell.run("users set ada@example.org --enabled perhaps")).isEqualTo(2);
        assertThat(shell.run("users list --limit 0")).isEqualTo(2);
        assertThat(shell.run("users get ..")).isEqualTo(2);

        AdminShell nobody = AdminShell.at("https://127.0.0.1:1", token, server.caFile());
        assertThat(nobody.run("users list")).isEqualTo(3);
        assertThat(nobody.complained()).startsWith("no answer from https://127.0.0.1:1: ");
        AdminShell inTheClear = AdminShell.at("http://192.0.2.1:80", token, server.caFile());
        assertThat(inTheClear.run("users list")).isEqualTo(2);
        assertThat(inTheClear.complained()).startsWith("url: http://192.0.2.1:80 (expected: https://");

        AdminShell wrong = AdminShell.of(server, folder, "pst_" + "0".repeat(36));
        assertThat(wrong.run("users list")).isEqualTo(3);
        assertThat(wrong.complained()).contains("code unauthorized").doesNotContain("pst_0");
    }

    /** A name with a slash or a question mark leads to itself, and to nothing beside it. */
    @Test
    void namesAreEncoded() throws Exception {
        assertThat(shell.run("users get", "a/b?c+d=e@example.org")).isEqualTo(1);
        assertThat(shell.complained()).contains("code user-not-found");
    }

    @Test
    void whoMayNotHearsWhichPermissionIsMissing() throws Exception {
        Caller owner = Caller.of(SampleLogins.ROOT.actor(), Role.OWNER);
        By now = By.administrator("root", InstantSource.system().instant());
        Made auditor = (Made) server.postern().apiTokens().issue(TokenOrder.of("Auditor", Role.AUDITOR), owner, now);
        AdminShell theirs = AdminShell.of(server, folder, auditor.token().reveal());

        assertThat(theirs.run("app-passwords revoke-all ada@example.org --yes")).isEqualTo(1);
        assertThat(theirs.complained()).contains("code forbidden", "permission: ");
    }

    @Test
    void certificatesThatAreNotBelievedEndIt() throws Exception {
        Path other = Files.copy(server.caFile(), folder.resolve("other.pem"));
        Files.writeString(other, "not a certificate");
        AdminShell blind = AdminShell.at(
                "https://localhost:" + server.postern().adminPort(), folder.resolve("admin-token"), other);
        assertThat(blind.run("users list")).isEqualTo(2);
        assertThat(blind.complained()).startsWith("ca-file: ").contains("(expected: certificates in PEM)");

        Path stranger = DemoCertificates.in(folder.resolve("stranger")).ca();
        AdminShell betrayed = AdminShell.at(
                "https://localhost:" + server.postern().adminPort(), folder.resolve("admin-token"), stranger);
        assertThat(betrayed.run("users list")).isEqualTo(3);
        assertThat(betrayed.complained()).contains("certif");
    }
}
