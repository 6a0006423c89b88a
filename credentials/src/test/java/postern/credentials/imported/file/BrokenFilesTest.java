package postern.credentials.imported.file;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.imported.file.SampleImports.WEAK_TOO;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.credentials.imported.file.ImportOutcome.Mapped;
import postern.credentials.imported.file.ImportOutcome.Refused;
import postern.credentials.imported.file.SampleImports.Run;

/** I-02: whatever a disk, an editor or an enemy does to a file, each row of it is taken or refused. */
class BrokenFilesTest {

    private static final int TIMES = 2_000;
    private static final int PLACES = 8;

    @ParameterizedTest
    @CsvSource({
        "MAILCOW, mailcow.ndjson",
        "MAILCOW_CSV, mailcow.csv",
        "MAILU, mailu.ndjson",
        "MAILU_CSV, mailu.csv",
        "DOVECOT, dovecot.passwd",
        "STALWART, stalwart.ndjson",
        "GENERIC, generic.ndjson"
    })
    void areReadToTheirEnd(ImportFormat format, String file) throws IOException {
        byte[] whole = whole(file);
        Random random = new Random(file.hashCode());
        for (int i = 0; i < TIMES; i++) {
            byte[] broken = whole.clone();
            for (int place = random.nextInt(PLACES); place >= 0; place--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            Run run = SampleImports.run(format, WEAK_TOO, new ByteArrayInputStream(broken));
            assertThat(run.outcomes()).allSatisfy(BrokenFilesTest::isTellable);
        }
    }

    private static void isTellable(ImportOutcome outcome) {
        switch (outcome) {
            case Mapped mapped -> assertThat(mapped.password().name()).isNotEmpty();
            case Refused refused ->
                assertThat(refused.what()).matches("[a-zA-Z0-9_, …]+: [^\\p{Cntrl}]+ \\(expected: [^\\p{Cntrl}]+\\)");
        }
    }

    private static byte[] whole(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(BrokenFilesTest.class.getResourceAsStream(file))) {
            return in.readAllBytes();
        }
    }
}
