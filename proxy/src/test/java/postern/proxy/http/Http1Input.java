package postern.proxy.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the other side says by HTTP/1.1, read by hand, so that no test stands on what a library makes of it. */
final class Http1Input {

    private final InputStream in;

    Http1Input(InputStream socket) {
        this.in = new BufferedInputStream(socket);
    }

    /** Nothing: the other side has closed instead. */
    Optional<Head> head() throws IOException {
        if (!awaitByte()) {
            return Optional.empty();
        }
        String start = line();
        List<Head.Field> fields = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("a field without a colon: " + line);
            }
            fields.add(new Head.Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return Optional.of(new Head(start, List.copyOf(fields)));
    }

    /** Waits until there is something to read, which stays there; false: it has closed. */
    boolean awaitByte() throws IOException {
        in.mark(1);
        boolean more = in.read() >= 0;
        in.reset();
        return more;
    }

    /**
     * Behind that head; its end is that of the body.
     *
     * @param otherwise where neither length nor chunks are announced
     */
    InputStream body(Head head, long otherwise) {
        return head.says("Transfer-Encoding", "chunked")
                ? new Chunks()
                : new Piece(head.first("Content-Length").map(Long::parseLong).orElse(otherwise));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) {
                throw new EOFException("hung up behind: " + line.toString(StandardCharsets.ISO_8859_1));
            }
            line.write(one);
        }
        String said = line.toString(StandardCharsets.ISO_8859_1);
        if (!said.endsWith("\r")) {
            throw new IOException("a line without CR: " + said);
        }
        return said.substring(0, said.length() - 1);
    }

    /** So many bytes. */
    private final class Piece extends InputStream {

        private long left;

        Piece(long length) {
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(into, offset, (int) Math.min(left, length));
            if (read < 0) {
                throw new EOFException("hung up " + left + " bytes before the end of the body");
            }
            left -= read;
            return read;
        }
    }

    /** Pieces, and the one of no bytes behind them. */
    private final class Chunks extends InputStream {

        private Piece chunk = new Piece(0);
        private boolean begun;
        private boolean over;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            while (!over) {
                int read = chunk.read(into, offset, length);
                if (read >= 0) {
                    return read;
                }
                next();
            }
            return -1;
        }

        private void next() throws IOException {
            if (begun && !line().isEmpty()) {
                throw new IOException("a chunk that is longer than it says");
            }
            begun = true;
            long length = Long.parseLong(line().split(";", 2)[0].strip(), 16);
            chunk = new Piece(length);
            if (length == 0) {
                over = true;
                while (!line().isEmpty()) {
                    // nobody asks for what is said behind a body
                }
            }
        }
    }
}
