package postern.credentials.imported.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.credentials.imported.file.SampleImports.Run;

/** I-02: any file, of the kind that its first byte says. Its rows are taken or refused, and told in words of ours. */
class ImportFileFuzzTest {

    private static final List<ImportFormat> FORMATS = List.of(ImportFormat.values());
    private static final Map<ImportFormat, String> SAMPLES = Map.of(
            ImportFormat.GENERIC, "generic.ndjson",
            ImportFormat.MAILCOW, "mailcow.ndjson",
            ImportFormat.MAILCOW_CSV, "mailcow.csv",
            ImportFormat.MAILU, "mailu.ndjson",
            ImportFormat.MAILU_CSV, "mailu.csv",
            ImportFormat.DOVECOT, "dovecot.passwd",
            ImportFormat.STALWART, "stalwart.ndjson");

    static Stream<byte[]> files() {
        return SAMPLES.entrySet().stream().map(sample -> seed(sample.getKey(), sample.getValue()));
    }

    private static byte[] seed(ImportFormat format, String file) {
        try (InputStream in = Objects.requireNonNull(ImportFileFuzzTest.class.getResourceAsStream(file))) {
            return ((char) FORMATS.indexOf(format) + new String(in.readAllBytes(), UTF_8)).getBytes(UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @MethodSource("files")
    @FuzzTest
    void eachRowIsTakenOrRefused(byte[] input) {
        if (input.length == 0 || input[0] < 0 || input[0] >= FORMATS.size()) {
            return;
        }
        Run run = SampleImports.run(
                FORMATS.get(input[0]), SampleImports.WEAK_TOO, new ByteArrayInputStream(input, 1, input.length - 1));

        assertThat(run.outcomes()).hasSize(run.report().mapped() + run.report().refused());
        assertThat(run.outcomes()).hasSizeLessThanOrEqualTo(input.length);
        assertThat(run.report().lines()).allMatch(line -> line.chars().noneMatch(Character::isISOControl));
    }
}
