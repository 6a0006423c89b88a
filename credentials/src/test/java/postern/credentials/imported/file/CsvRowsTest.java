package postern.credentials.imported.file;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.imported.file.SampleImports.A_HASH;
import static postern.credentials.imported.file.SampleImports.STRICT;
import static postern.credentials.imported.file.SampleImports.run;
import static postern.credentials.imported.file.SampleImports.runText;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import postern.credentials.imported.ImportedPassword;
import postern.credentials.imported.file.ImportOutcome.Mapped;
import postern.credentials.imported.file.SampleImports.Run;

class CsvRowsTest {

    private static final String COLUMNS = "id,user_email,comment,password";

    /** A name is typed by anybody; what it says in a line of its own is still a name. */
    @Test
    void aRowInsideAFieldIsNoRow() {
        Run run = runText(
                ImportFormat.MAILU_CSV,
                COLUMNS,
                "1,ada@example.org,\"phone",
                "2,grace@example.org,hers," + A_HASH,
                "\"," + A_HASH,
                "3,hedy@example.org,tablet," + A_HASH);

        assertThat(run.refused()).isEmpty();
        assertThat(run.passwords())
                .extracting(one -> one.loginName().value())
                .containsExactly("ada@example.org", "hedy@example.org");
        assertThat(run.mapped()).extracting(Mapped::line).containsExactly(2, 5);
        assertThat(run.passwords().getFirst().name()).startsWith("phone 2,grace@example.org");
    }

    @Test
    void whatStandsBehindAQuoteThatIsMissingIsNotRead() {
        Run run = runText(
                ImportFormat.MAILU_CSV,
                COLUMNS,
                "1,ada@example.org,phone," + A_HASH,
                "2,ada@example.org,\"tablet," + A_HASH,
                "3,hedy@example.org,tablet," + A_HASH);

        assertThat(run.refused()).containsExactly("3 row: not CSV");
        assertThat(run.passwords()).hasSize(1);
        assertThat(run.report().lines()).anyMatch(line -> line.contains("the rest was not read"));
    }

    @Test
    void aCommaTooManyIsNotGuessedAt() {
        Run run = runText(ImportFormat.MAILU_CSV, COLUMNS, "1,ada@example.org,phone, old one," + A_HASH);

        assertThat(run.refused()).containsExactly("2 row: not CSV");
    }

    @Test
    void aRowHasAnEnd() {
        Run run = runText(ImportFormat.MAILU_CSV, COLUMNS, "1,ada,\"" + "x\n".repeat(1_000_000));

        assertThat(run.refused()).containsExactly("2 row: too long");
    }

    @Test
    void soHasTheLineOfColumnNames() {
        assertThat(runText(ImportFormat.MAILU_CSV, "a,".repeat(1_000_000)).refused())
                .containsExactly("1 row: too long");
    }

    @Test
    void otherLettersThanUtf8AreNotGuessedAt() {
        String text = COLUMNS + "\n1,ada,Zo\u00eb," + A_HASH;

        assertThat(refused(text.getBytes(StandardCharsets.ISO_8859_1))).endsWith(" row: not UTF-8");
        assertThat(refused(("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo("1 row: not UTF-8");
    }

    private static String refused(byte[] file) {
        return run(ImportFormat.MAILU_CSV, STRICT, new ByteArrayInputStream(file))
                .refused()
                .getFirst();
    }

    @Test
    void aMarkAndTheLineEndsOfWindowsDoNotMatter() {
        Run run = runText(ImportFormat.MAILU_CSV, "\ufeff" + COLUMNS + "\r", "1,ada,\\N," + A_HASH + "\r", "\r");

        assertThat(run.refused()).isEmpty();
        assertThat(run.passwords()).extracting(ImportedPassword::externalId).containsExactly("mailu:1");
        assertThat(run.mapped().getFirst().notes()).contains(ImportNote.NAME_MADE_UP);
    }

    @Test
    void columnNamesAloneAreNoRowsAndNothingAtAllIsNoFile() {
        assertThat(runText(ImportFormat.MAILU_CSV, "").refused()).containsExactly("1 row: not CSV");
        assertThat(runText(ImportFormat.MAILU_CSV, COLUMNS).outcomes()).isEmpty();
    }
}
