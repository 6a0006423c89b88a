package postern.credentials.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** E-03: the file beside the store. */
class JsonLinesFileTest {

    private final Path file;
    private final JsonLinesFile lines;

    JsonLinesFileTest(@TempDir Path folder) {
        this.file = folder.resolve("logs/audit.jsonl");
        this.lines = new JsonLinesFile(file);
    }

    @Test
    void linesStandBehindOneAnotherInAFileForItsOwnersEyesOnly() throws Exception {
        Files.createDirectory(file.getParent());

        lines.accept(List.of("{1}", "{2}"));
        lines.accept(List.of("{3}"));

        assertThat(file).hasContent("{1}\n{2}\n{3}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsRotatedAwayIsBegunAnew() throws Exception {
        Files.createDirectory(file.getParent());
        lines.accept(List.of("{1}"));
        Files.move(file, file.resolveSibling("audit.jsonl.1"));
        lines.accept(List.of("{2}"));
        Files.writeString(file, ""); // as copytruncate does
        lines.accept(List.of("{3}"));

        assertThat(file.resolveSibling("audit.jsonl.1")).hasContent("{1}\n");
        assertThat(file).hasContent("{3}\n");
    }

    @Test
    void linesWaitUntilTheyCanBeWritten() throws Exception {
        lines.accept(List.of("{1}"));
        lines.accept(List.of("{2}"));
        Files.createDirectory(file.getParent());
        lines.accept(List.of("{3}"));

        assertThat(file).hasContent("{1}\n{2}\n{3}\n");
    }

    @Test
    void notMoreLinesWaitThanThereIsRoomFor() throws Exception {
        lines.accept(Collections.nCopies(1_000_000, "{}"));
        Files.createDirectory(file.getParent());
        lines.accept(List.of("{none}"));
        lines.accept(List.of("{last}"));

        assertThat(Files.readAllLines(file)).hasSize(10_001).endsWith("{}", "{last}");
    }
}
