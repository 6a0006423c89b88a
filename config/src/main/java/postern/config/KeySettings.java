package postern.config;

import java.nio.file.Path;

/** Two keys without which no app password can be checked. They are made where they are missing. */
public record KeySettings(Path lookupFile, Path pepperFile) {

    static KeySettings from(Section in) {
        return new KeySettings(in.path("lookup-file"), in.path("pepper-file"));
    }
}
