package postern.credentials.imported.file;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.imported.file.SampleImports.STRICT;
import static postern.credentials.imported.file.SampleImports.run;
import static postern.credentials.imported.file.SampleImports.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import postern.credentials.imported.ImportedHash;
import postern.credentials.imported.WeakHashes;
import postern.credentials.imported.file.SampleImports.Run;

/** What {@code docs/import.md} says is what happens. */
class ImportManualTest {

    private static final Pattern TICKED = Pattern.compile("`([^`]+)`");

    /** I-02: each example is of a format, and is taken whole. */
    @ParameterizedTest
    @EnumSource(value = ImportFormat.class, mode = EnumSource.Mode.EXCLUDE, names = "MAILU_CSV")
    void hasAnExampleOfEachFormatThatIsTaken(ImportFormat format) throws IOException {
        Matcher example = Pattern.compile("(?s)```" + format + "\n(.*?)```").matcher(manual());
        assertThat(example.find()).as(format + " in docs/import.md").isTrue();

        Run run = run(format, STRICT, text(example.group(1)));

        assertThat(run.refused()).isEmpty();
        assertThat(run.passwords()).hasSize(1);
        assertThat(manual()).contains("`" + format + "`");
    }

    static Stream<String> schemesInTheTable() throws IOException {
        return manual().lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> TICKED.matcher(line.split("\\|", -1)[1]).results())
                .map(found -> found.group(1));
    }

    /** §5.9: what the table calls taken is known, and asked for the rest of it. */
    @ParameterizedTest
    @MethodSource("schemesInTheTable")
    void namesNoSchemeThatIsNotTaken(String scheme) {
        assertThat(complaintAbout(scheme + "?"))
                .doesNotContain("no known scheme")
                .doesNotStartWith("hash: " + scheme + " (");
    }

    @ParameterizedTest
    @EnumSource(ImportNote.class)
    void tellsWhatEachNoteMeans(ImportNote note) throws IOException {
        assertThat(manual()).contains("`" + note + "`");
    }

    private static String complaintAbout(String text) {
        try {
            ImportedHash.parse(text, WeakHashes.ACCEPTED);
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String manual() throws IOException {
        return Files.readString(Path.of("../docs/import.md"));
    }
}
