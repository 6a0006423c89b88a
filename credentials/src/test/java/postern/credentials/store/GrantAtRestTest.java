package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.grant.SampleGrants.CANARY;
import static postern.credentials.grant.SampleGrants.CONTOSO;
import static postern.credentials.grant.SampleGrants.OLD_KEY;
import static postern.credentials.grant.SampleGrants.clear;
import static postern.credentials.grant.SampleGrants.put;
import static postern.credentials.grant.SampleGrants.secret;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.OpenGrant;
import postern.credentials.grant.SampleGrants;
import postern.credentials.grant.Turn.Yours;

/** What is on the disk of who stole it, and what is there after an outage. */
@Timeout(60)
class GrantAtRestTest {

    @TempDir
    private Path folder;

    /** Trap 36, H-07: the file as it is, with its journal, and a copy of it. */
    @Test
    void theFilesOfTheStoreHoldNoSecretAndNoKey() throws Exception {
        Path file = folder.resolve("postern.db");
        try (Database database = SqliteDatabase.open(file)) {
            GrantVault vault = vaultIn(database);
            put(vault, ADA, CONTOSO, GrantKind.REFRESH_TOKEN, secret(CANARY), Optional.empty());
            OpenGrant open = vault.open(ADA, CONTOSO).orElseThrow();
            vault.renewed(open, Optional.of(secret(CANARY + "-rotated")), Optional.empty());
            vault.failed(vault.open(ADA, CONTOSO).orElseThrow(), "invalid_grant", CANARY + "-rotated is not known");
            SqliteBackup.make(file, folder.resolve("copy.db"));

            assertThat(folder.toFile().listFiles())
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(each -> {
                        String bytes = Files.readString(each.toPath(), StandardCharsets.ISO_8859_1);
                        assertThat(formsOf(CANARY.getBytes(StandardCharsets.UTF_8)))
                                .noneMatch(bytes::contains);
                        assertThat(formsOf(OLD_KEY)).noneMatch(bytes::contains);
                    });
        }
    }

    private static List<String> formsOf(byte[] secret) {
        return List.of(
                new String(secret, StandardCharsets.ISO_8859_1),
                HexFormat.of().formatHex(secret),
                Base64.getEncoder().withoutPadding().encodeToString(secret).substring(0, 16));
    }

    @Test
    void isThereWhenTheFileIsOpenedAgain() throws Exception {
        Path file = folder.resolve("postern.db");
        try (Database database = SqliteDatabase.open(file)) {
            put(vaultIn(database), ADA, CONTOSO, GrantKind.REFRESH_TOKEN, secret(CANARY), Optional.empty());
        }
        try (Database again = SqliteDatabase.open(file)) {
            assertThat(clear(vaultIn(again).open(ADA, CONTOSO).orElseThrow().secret()))
                    .isEqualTo(CANARY);
        }
    }

    /** Trap 43: the provider has answered, and the store was away. Whoever holds the new token can try again. */
    @Test
    void aTokenDrawnDuringAnOutageIsKeptAfterIt() throws Exception {
        try (MortalPostgres server = new MortalPostgres(folder);
                Database database = SamplePostgres.open(server.url())) {
            GrantVault vault = vaultIn(database);
            put(vault, ADA, CONTOSO, GrantKind.REFRESH_TOKEN, secret("old"), Optional.empty());
            Yours turn = (Yours) vault.takeTurn(ADA, CONTOSO);

            server.stop();
            assertThatThrownBy(() -> vault.renewed(turn.open(), Optional.of(secret("new")), Optional.empty()))
                    .isInstanceOf(StoreUnavailableException.class);

            server.start();
            await().atMost(Duration.ofSeconds(15))
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .until(() -> vault.renewed(turn.open(), Optional.of(secret("new")), Optional.empty()));
            assertThat(clear(vault.open(ADA, CONTOSO).orElseThrow().secret())).isEqualTo("new");
        }
    }

    private static GrantVault vaultIn(Database database) {
        return SampleGrants.vaultIn(database, InstantSource.system(), OLD_KEY);
    }
}
