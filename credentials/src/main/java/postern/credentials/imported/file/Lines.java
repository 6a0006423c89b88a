package postern.credentials.imported.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A file, line by line, in memory that does not grow: a line that is too long is read to its end and forgotten. */
final class Lines {

    static final int MAX_BYTES = 16 * 1024;
    private static final int CHUNK = 64 * 1024;

    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK];
    private final byte[] line = new byte[MAX_BYTES];
    private int position;
    private int filled;
    private int length;
    private int number;

    Lines(InputStream in) {
        this.in = in;
    }

    /** False at the end. */
    boolean next() throws IOException {
        length = 0;
        int one = read();
        if (one < 0) {
            return false;
        }
        for (; one >= 0 && one != '\n'; one = read()) {
            if (length < MAX_BYTES) {
                line[length] = (byte) one;
            }
            length += length <= MAX_BYTES ? 1 : 0;
        }
        number++;
        return true;
    }

    /** From 1. */
    int number() {
        return number;
    }

    /** Without what ends the line, and what begins some files on Windows. */
    String text() {
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("line: too long (expected: at most " + MAX_BYTES + " bytes)");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
            String begun = number == 1 && text.startsWith("\ufeff") ? text.substring(1) : text;
            return begun.endsWith("\r") ? begun.substring(0, begun.length() - 1) : begun;
        } catch (CharacterCodingException _) {
            throw new IllegalArgumentException("line: not UTF-8 (expected: UTF-8)");
        }
    }

    boolean isBlank() {
        for (int i = 0; i < Math.min(length, MAX_BYTES); i++) {
            if (line[i] > ' ' || line[i] < 0) {
                return false;
            }
        }
        return true;
    }

    boolean isComment() {
        return length > 0 && line[0] == '#';
    }

    private int read() throws IOException {
        if (position == filled) {
            position = 0;
            filled = Math.max(0, in.read(chunk));
            if (filled == 0) {
                return -1;
            }
        }
        return Byte.toUnsignedInt(chunk[position++]);
    }
}
