package postern.web;

import com.linecorp.armeria.common.TlsKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the server's certificate chain and its key are, both in PEM. */
public record TlsFiles(Path certificateChain, Path key) {

    public TlsKeyPair read() throws IOException {
        for (Path file : new Path[] {certificateChain, key}) {
            if (!Files.isReadable(file)) {
                throw new IOException(file + ": cannot be read (expected: a PEM file)");
            }
        }
        try {
            return TlsKeyPair.of(key.toFile(), certificateChain.toFile());
        } catch (RuntimeException e) {
            throw new IOException(certificateChain + " and " + key + ": not a certificate chain and its key in PEM", e);
        }
    }
}
