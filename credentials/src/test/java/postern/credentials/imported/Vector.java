package postern.credentials.imported;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A secret, and what a tool that is not ours made of it. */
record Vector(String secret, String hash) {

    static List<Vector> all() {
        InputStream file = Objects.requireNonNull(Vector.class.getResourceAsStream("vectors.txt"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> line.contains("\t") && !line.startsWith("#"))
                    .map(line ->
                            new Vector(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1)))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    byte[] typed() {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    ImportedHash parsed() {
        return ImportedHash.parse(hash, WeakHashes.ACCEPTED);
    }
}
