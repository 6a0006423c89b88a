package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.consent.SampleIdTokens.ISSUER;
import static postern.credentials.consent.SampleIdTokens.idToken;
import static postern.credentials.consent.SampleIdTokens.tokens;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.provider.FakeProvider;

/** What an operator does with the vault by hand. */
class GrantCommandTest {

    private static final String PASSWORD = "canary-hunter2";

    private final Path folder;
    private final HostCommands host;
    private final Path secret;

    GrantCommandTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        WholeServer.start(folder, """
                upstreams.dovecot { host = localhost, login.strategy = mailbox-password }
                upstreams.master { host = localhost, login { user = postern, password = { file = master } } }
                """.replace("{ file = master }", "{ file = \"" + master(folder) + "\" }"))
                .close();
        this.host = new HostCommands(folder);
        this.secret = Files.writeString(folder.resolve("given"), PASSWORD + "\n");
    }

    private static Path master(Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("master"), "s3cret");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aPasswordIsPutListedRevokedAndRemoved() throws Exception {
        assertThat(put("dovecot", "--password")).as(host.complained()).isZero();
        assertThat(host.said())
                .endsWith(": kept, for ada@example.org at dovecot\n")
                .doesNotContain(PASSWORD);
        assertThat(list())
                .contains("ada@example.org  dovecot  password  working  not used yet")
                .doesNotContain(PASSWORD);

        assertThat(on("revoke")).isZero();
        assertThat(list()).contains("ada@example.org  dovecot  password  revoked");
        assertThat(on("revoke")).isEqualTo(1);
        assertThat(host.complained()).isEqualTo("ada@example.org: has none at dovecot (expected: one that was put)\n");
        assertThat(on("remove")).isZero();
        assertThat(list()).isEmpty();

        assertThat(host.execute("audit verify")).isZero();
    }

    @Test
    void whatAnUpstreamHasNoUseForIsNotKept() {
        assertThat(put("dovecot", "--refresh-token")).isEqualTo(1);
        assertThat(host.complained())
                .isEqualTo("upstreams.dovecot.login.strategy: takes no refresh token (expected: password)\n");
        assertThat(put("master", "--password")).isEqualTo(1);
        assertThat(host.complained()).contains("(expected: nothing of anybody's)");
        assertThat(put("nowhere", "--password")).isEqualTo(1);
        assertThat(host.complained())
                .isEqualTo("--upstream: nowhere: there is none (expected: one of dovecot, master)\n");
        assertThat(list()).isEmpty();
    }

    @Test
    void whoTypesACodeElsewhereLetsUsIn(@TempDir Path other) throws Exception {
        try (FakeProvider provider = FakeProvider.saying(tokens(idToken(null, claims -> claims), ""))) {
            provider.sayToDevices("""
                    {"device_code":"canary-device","user_code":"ABCD-EFGH","expires_in":900,"interval":1,
                    "verification_uri":"https://login.example.net/device"}""");
            WholeServer.start(other, """
                    upstreams.mail {
                      host = localhost
                      login {
                        strategy = oauth
                        oauth {
                          token-endpoint = "%s", device-endpoint = "%s", issuer = "%s"
                          client-id = postern, scopes = [ mail, offline_access ], consent-lasts = 90d
                        }
                      }
                    }
                    """.formatted(provider.endpoint(), provider.deviceEndpoint(), ISSUER))
                    .close();
            HostCommands there = new HostCommands(other);

            int done = there.execute("grant consent", "--device", "--user", ADA.value(), "--upstream", "mail");

            assertThat(done).as(there.complained()).isZero();
            assertThat(there.said())
                    .contains("open https://login.example.net/device and type ABCD-EFGH")
                    .endsWith(": kept, for ada@example.org at mail\n")
                    .doesNotContain("canary");
            there.execute("grant list");
            assertThat(there.said()).contains("(89 days)");
            assertThat(there.execute("grant consent", "--user", ADA.value(), "--upstream", "mail"))
                    .isEqualTo(1);
            assertThat(there.complained()).startsWith("consent.public-url, or authorization-endpoint of mail: not set");
        }
    }

    @Test
    void aSecretIsOneLineAndIsNotQuoted() throws Exception {
        Files.writeString(secret, PASSWORD + "\nA1 LOGOUT");

        assertThat(put("dovecot", "--password")).isEqualTo(1);
        assertThat(host.complained()).isEqualTo("secret: empty, or more than a line (expected: one)\n");
    }

    @Test
    void aKeyOfTheVaultIsChangedWhileEverythingStays() throws Exception {
        put("dovecot", "--password");
        host.execute("keys list");
        String old = idOf("in use");
        assertThat(host.execute("keys add", "vault")).isZero();
        host.execute("keys list");
        assertThat(host.execute("keys activate", "vault", idOf("kept"))).isZero();
        assertThat(host.execute("keys retire", "vault", old)).isEqualTo(1);
        assertThat(host.complained())
                .startsWith(old + ": 1 grants need it (expected: none; postern grant reseal does all");

        assertThat(host.execute("grant reseal")).isZero();
        assertThat(host.said()).isEqualTo("1 resealed, 0 left as they were\n");
        assertThat(host.execute("keys retire", "vault", old)).isZero();
        assertThat(Files.readAllLines(folder.resolve("keys/vault.key"))).hasSize(1);
        assertThat(list()).contains("working");
    }

    private int put(String upstream, String kind) {
        return host.execute(
                "grant put", "--user", ADA.value(), "--upstream", upstream, kind, "--from", secret.toString());
    }

    private int on(String what) {
        return host.execute("grant " + what, "--user", ADA.value(), "--upstream", "dovecot");
    }

    private String list() {
        assertThat(host.execute("grant list")).isZero();
        return host.said();
    }

    private String idOf(String state) {
        return host.said()
                .lines()
                .filter(line -> line.startsWith("vault") && line.contains(state))
                .map(line -> line.replaceFirst("\\w+ +(\\w+) .*", "$1"))
                .findFirst()
                .orElseThrow();
    }
}
