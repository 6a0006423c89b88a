package postern.proxy.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;

/**
 * So many bytes that nobody has to keep: both sides know what they are.
 *
 * @param checksum CRC-32
 */
public record LongBody(long bytes, long checksum) {

    private static final int BLOCK = 1 << 16;
    private static final int PERIOD = 251;

    /** What is sent for so many. */
    public static LongBody of(long bytes) {
        try {
            return write(bytes, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static LongBody write(long bytes, OutputStream out) throws IOException {
        CRC32 sum = new CRC32();
        byte[] block = new byte[BLOCK];
        for (long written = 0; written < bytes; ) {
            int length = (int) Math.min(BLOCK, bytes - written);
            for (int i = 0; i < length; i++) {
                block[i] = (byte) ((written + i) % PERIOD);
            }
            out.write(block, 0, length);
            sum.update(block, 0, length);
            written += length;
        }
        return new LongBody(bytes, sum.getValue());
    }

    /** To its end. */
    static LongBody read(InputStream in) throws IOException {
        CRC32 sum = new CRC32();
        byte[] block = new byte[BLOCK];
        long bytes = 0;
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            sum.update(block, 0, read);
            bytes += read;
        }
        return new LongBody(bytes, sum.getValue());
    }
}
