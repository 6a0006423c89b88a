package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.AppPassword;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;

class SqliteBackupTest {

    private final Path file;
    private final Path copy;
    private final Node node;

    SqliteBackupTest(@TempDir Path folder) throws StoreUnavailableException {
        this.file = folder.resolve("postern.db");
        this.copy = folder.resolve("copy.db");
        this.node = Node.on(SqliteDatabase.open(file), Node.SELDOM);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void aCopyHoldsWhatTheStoreHeldAndIsItsOwnersAlone() throws Exception {
        node.addAda();
        node.store().add(SCANNER, 40, ROOT);

        SqliteBackup.make(file, copy);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        try (SampleStore restored = SampleStore.on(SqliteDatabase.open(copy))) {
            assertThat(restored.credentials().of(ADA)).containsExactly(SCANNER);
        }
    }

    @Test
    void aCopyIsMadeWhileOthersWrite() throws Exception {
        node.addAda();
        AtomicBoolean enough = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            while (!enough.get()) {
                try {
                    node.issue();
                } catch (StoreUnavailableException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        int before = node.store().of(ADA).size();

        SqliteBackup.make(file, copy);

        int after = node.store().of(ADA).size();
        enough.set(true);
        writer.join();
        try (SampleStore restored = SampleStore.on(SqliteDatabase.open(copy))) {
            assertThat(restored.credentials().of(ADA).stream()
                            .map(AppPassword::id)
                            .count())
                    .isBetween((long) before, (long) after);
        }
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        Files.writeString(copy, "precious");

        assertThatThrownBy(() -> SqliteBackup.make(file, copy))
                .isInstanceOf(IOException.class)
                .hasMessage(copy + ": is there already (expected: a new file)");
        assertThat(copy).hasContent("precious");
    }

    @Test
    void whatIsNotThereIsNotCopiedAndNotMade() {
        Path nowhere = file.resolveSibling("other.db");

        assertThatThrownBy(() -> SqliteBackup.make(nowhere, copy)).hasMessageStartingWith(nowhere + ": is not there");
        assertThat(nowhere).doesNotExist();
        assertThat(copy).doesNotExist();
    }

    @Test
    void aFailureLeavesNoHalfACopyBehind() throws Exception {
        Path noStore = Files.writeString(file.resolveSibling("letter.txt"), "Dear Ada, ".repeat(1000));

        assertThatThrownBy(() -> SqliteBackup.make(noStore, copy)).isInstanceOf(StoreUnavailableException.class);
        assertThat(copy).doesNotExist();
    }
}
