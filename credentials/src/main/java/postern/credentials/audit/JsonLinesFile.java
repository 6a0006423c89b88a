package postern.credentials.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines to the end of a file, for its owner's eyes only. The file is opened for each batch, so
 * that whoever rotates it needs to tell nobody.
 *
 * <p>Never throws: what it writes has happened. Lines wait while the disk is full, up to a bound, and
 * beyond that the chain in the store has them.
 */
public final class JsonLinesFile implements Consumer<List<String>> {

    private static final Logger LOG = LoggerFactory.getLogger(JsonLinesFile.class);
    private static final int MOST_WAITING = 10_000;
    private static final Set<StandardOpenOption> AT_THE_END =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<String> waiting = new ArrayDeque<>();
    private boolean failing;
    private long leftOut;

    public JsonLinesFile(Path file) {
        this.file = file;
    }

    @Override
    public void accept(List<String> lines) {
        lock.lock();
        try {
            for (String line : lines) {
                if (waiting.size() < MOST_WAITING) {
                    waiting.add(line);
                } else {
                    leftOut++;
                }
            }
            writeWaiting();
        } finally {
            lock.unlock();
        }
    }

    private void writeWaiting() {
        try {
            write((String.join("\n", waiting) + "\n").getBytes(StandardCharsets.UTF_8));
            waiting.clear();
            if (failing) {
                LOG.atWarn()
                        .addKeyValue("path", file)
                        .addKeyValue("left_out", leftOut)
                        .log("audit lines are written again");
            }
            failing = false;
            leftOut = 0;
        } catch (IOException e) {
            if (!failing) {
                LOG.atError().addKeyValue("path", file).addKeyValue("cause", e).log("audit lines cannot be written");
            }
            failing = true;
        }
    }

    /** All or nothing: half a batch would be written again, and half a line is none. */
    private void write(byte[] lines) throws IOException {
        try (FileChannel end = FileChannel.open(file, AT_THE_END, OWNER_ONLY)) {
            long before = end.size();
            ByteBuffer bytes = ByteBuffer.wrap(lines);
            try {
                while (bytes.hasRemaining()) {
                    end.write(bytes);
                }
            } catch (IOException e) {
                end.truncate(before);
                throw e;
            }
        }
    }
}
