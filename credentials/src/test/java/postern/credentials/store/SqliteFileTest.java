package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.CredentialStore;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;

class SqliteFileTest {

    private final Path folder;
    private final Node node;
    private final CredentialStore store;

    SqliteFileTest(@TempDir Path folder) throws StoreUnavailableException {
        this.folder = folder;
        this.node = Node.on(SqliteDatabase.open(folder.resolve("postern.db")), Node.SELDOM);
        this.store = node.store();
        node.addAda();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void remembersWhenItIsOpenedAgain() throws Exception {
        store.add(SCANNER, 40, ROOT);
        node.close();

        try (SampleStore again = SampleStore.on(SqliteDatabase.open(folder.resolve("postern.db")))) {
            assertThat(again.credentials().of(ADA)).containsExactly(SCANNER);
        }
    }

    @Test
    void isForItsOwnersEyesOnly() throws Exception {
        assertThat(folder.toFile().listFiles())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file.toPath()))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------")));
    }

    @Test
    void everyChangeLeavesARowThatTellsOfIt() throws Exception {
        store.add(SCANNER, 40, ROOT);
        store.revoke(ADA, SCANNER_ID, ROOT);

        assertThat(changes(node.database().jdbi()))
                .containsExactly("account-added ", "issued " + SCANNER_ID, "revoked " + SCANNER_ID);
    }

    @Test
    void aDatabaseThatIsGoneIsAnExceptionNeverAnAbsence() {
        node.close();

        assertThatThrownBy(() -> store.of(ADA)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.revoke(ADA, SCANNER_ID, ROOT)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aFolderThatIsNotThereIsToldInOneSentence() {
        Path nowhere = folder.resolve("nowhere/postern.db");

        assertThatThrownBy(() -> SqliteDatabase.open(nowhere))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith(nowhere + ": ")
                .hasMessageNotContaining("\n");
    }

    private static List<String> changes(Jdbi jdbi) {
        return jdbi.withHandle(sql -> sql.createQuery(
                        "SELECT kind || ' ' || coalesce(app_password, '') FROM changes ORDER BY sequence")
                .mapTo(String.class)
                .list());
    }
}
