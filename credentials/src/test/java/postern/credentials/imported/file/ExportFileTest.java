package postern.credentials.imported.file;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.imported.file.SampleImports.WEAK_TOO;
import static postern.credentials.imported.file.SampleImports.run;
import static postern.credentials.imported.file.SampleImports.runFile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.credentials.imported.ImportedPassword;

class ExportFileTest {

    /** I-02, I-05: what goes out comes back as it was, from whichever system it once came. */
    @ParameterizedTest
    @CsvSource({
        "MAILCOW, mailcow.ndjson",
        "MAILU, mailu.ndjson",
        "DOVECOT, dovecot.passwd",
        "STALWART, stalwart.ndjson",
        "GENERIC, generic.ndjson"
    })
    void isReadBackAsItWas(ImportFormat format, String file) throws IOException {
        List<ImportedPassword> passwords = runFile(format, WEAK_TOO, file).passwords();

        byte[] written = written(passwords);

        assertThat(passwords).isNotEmpty();
        assertThat(run(ImportFormat.GENERIC, WEAK_TOO, new ByteArrayInputStream(written))
                        .passwords())
                .isEqualTo(passwords);
    }

    @Test
    void hasALineForEach() throws IOException {
        List<ImportedPassword> passwords =
                runFile(ImportFormat.GENERIC, WEAK_TOO, "generic.ndjson").passwords();

        assertThat(new String(written(passwords), StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"external_id\":\"legacy-"));
    }

    private static byte[] written(List<ImportedPassword> passwords) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExportFile file = new ExportFile(out);
        for (ImportedPassword one : passwords) {
            file.write(one);
        }
        return out.toByteArray();
    }
}
