package postern.credentials.imported.file;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The characters of a file in CSV: strict UTF-8, and an end to every row, since a quote may be missing. */
final class CsvText extends FilterReader {

    /** What the parser may have read of the rows behind. */
    private static final int READ_AHEAD = 16 * 1024;

    private int sinceRowBegan;
    private boolean atBeginning = true;

    CsvText(InputStream in) {
        super(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    }

    void rowBegins() {
        sinceRowBegan = 0;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        sinceRowBegan += Math.max(count, 0);
        if (sinceRowBegan > Lines.MAX_BYTES + READ_AHEAD) {
            throw new RowTooLongException();
        }
        return atBeginning ? withoutMark(buffer, offset, length, count) : count;
    }

    /** What begins some files on Windows. */
    private int withoutMark(char[] buffer, int offset, int length, int count) throws IOException {
        atBeginning = false;
        if (count <= 0 || buffer[offset] != '\ufeff') {
            return count;
        }
        System.arraycopy(buffer, offset + 1, buffer, offset, count - 1);
        return count == 1 ? read(buffer, offset, length) : count - 1;
    }

    static final class RowTooLongException extends IOException {}
}
