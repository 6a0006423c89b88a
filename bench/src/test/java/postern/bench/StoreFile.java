package postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a database of SQLite may be for a while, in a folder of its own. */
record StoreFile(Path folder) implements AutoCloseable {

    static StoreFile create() throws IOException {
        return new StoreFile(Files.createTempDirectory("bench"));
    }

    Path path() {
        return folder.resolve("postern.db");
    }

    /** With what SQLite put beside it. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
