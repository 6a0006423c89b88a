package postern.credentials.hash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import postern.credentials.KeyId;
import postern.credentials.KeyList;
import postern.credentials.KeyMarks;
import postern.credentials.KeyMarks.Ring;
import postern.credentials.StoreUnavailableException;

/**
 * The keys in this node's files; another's may be older.
 *
 * @param files one for each ring
 */
public record KeyFiles(Map<Ring, Path> files, KeyMarks marks) implements KeyList {

    public KeyFiles {
        files = Map.copyOf(files);
    }

    @Override
    public List<Listed> all() throws IOException, StoreUnavailableException {
        List<Listed> all = new ArrayList<>();
        for (Ring ring : Ring.values()) {
            Path file = files.get(ring);
            if (file != null) {
                KeyRing keys = KeyFile.read(file);
                Map<KeyId, Integer> uses = marks.uses(ring);
                for (KeyRing.Key key : keys.keys()) {
                    boolean active = key.id().equals(keys.active().id());
                    all.add(new Listed(ring, key.id(), active, uses.getOrDefault(key.id(), 0)));
                }
            }
        }
        return all;
    }
}
