package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.feedOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.CredentialStoreContract;
import postern.credentials.StoreUnavailableException;

class SqliteFileTest extends CredentialStoreContract {

    private final Path folder;
    private final SqliteDatabase database;

    SqliteFileTest(@TempDir Path folder) throws StoreUnavailableException {
        this.folder = folder;
        SqliteDatabase opened = SqliteDatabase.open(folder.resolve("postern.db"));
        this.database = opened;
        super(opened);
    }

    @Test
    void remembersWhenItIsOpenedAgain() throws Exception {
        store.add(SCANNER, 40);
        database.close();

        try (SqliteDatabase again = SqliteDatabase.open(folder.resolve("postern.db"))) {
            assertThat(new SqlCredentialStore(again, feedOf(again)).find(ADA, SCANNER.tag()))
                    .contains(SCANNER);
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
        store.add(SCANNER, 40);
        store.revoke(ADA, SCANNER_ID, MONDAY);

        assertThat(changes(database.jdbi()))
                .containsExactly("person-added ", "issued " + SCANNER_ID, "revoked " + SCANNER_ID);
    }

    @Test
    void aDatabaseThatIsGoneIsAnExceptionNeverAnAbsence() {
        database.close();

        assertThatThrownBy(() -> store.find(ADA, SCANNER.tag())).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.revoke(ADA, SCANNER_ID, MONDAY)).isInstanceOf(StoreUnavailableException.class);
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
