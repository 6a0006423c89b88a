package postern.config;

import java.nio.file.Path;

/** The certificate that all doors show, and its key. Whether they are any good is seen when they are loaded. */
public record TlsSettings(Path certificateFile, Path keyFile) {

    static TlsSettings from(Section in) {
        return new TlsSettings(in.path("certificate-file"), in.path("key-file"));
    }
}
