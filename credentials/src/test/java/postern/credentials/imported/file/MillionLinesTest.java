package postern.credentials.imported.file;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.imported.file.SampleImports.A_HASH;
import static postern.credentials.imported.file.SampleImports.STRICT;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MillionLinesTest {

    private static final int OWNERS = 300_000;
    private static final int READ_AHEAD = 64 * 1024;
    private static final long A_FEW_MEGABYTES = 64L << 20;

    /** I-02: what has been told is forgotten; a tenth is refused, and that takes no room either. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void passThroughInMemoryThatDoesNotGrow() throws Exception {
        Endless file = new Endless();
        long before = usedMemory();

        MappingReport report = new ImportFile(ImportFormat.DOVECOT, STRICT).read(file, outcome -> {
            if (outcome.line() % 1_000 == 0) {
                assertThat(file.bytes - file.endOf(outcome.line())).isBetween(0L, (long) READ_AHEAD);
            }
        });

        assertThat(usedMemory() - before).isLessThan(A_FEW_MEGABYTES);
        assertThat(report.mapped()).isEqualTo(900_000);
        assertThat(report.refused()).isEqualTo(100_001);
        assertThat(report.allOwnersCounted()).isFalse();
        assertThat(report.refusals().getLast().what())
                .isEqualTo("file: more lines (expected: at most 1000000; the rest was not read)");
        assertThat(report.refusals().getLast().lines()).isEqualTo("1000001");
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** More lines than are read, all of the same length, made when they are asked for. */
    private static final class Endless extends InputStream {

        private byte[] line = {};
        private int position;
        private int made;
        private long bytes;

        long endOf(int number) {
            return (long) line.length * number;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (position == line.length) {
                made++;
                String hash = made % 10 == 0 ? "x".repeat(A_HASH.length()) : A_HASH;
                line = "person%06d@example.org:%s\n"
                        .formatted(made % OWNERS, hash)
                        .getBytes(StandardCharsets.US_ASCII);
                position = 0;
            }
            int count = Math.min(length, line.length - position);
            System.arraycopy(line, position, into, offset, count);
            position += count;
            bytes += count;
            return count;
        }
    }
}
