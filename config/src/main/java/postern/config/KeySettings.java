package postern.config;

import java.nio.file.Path;

/**
 * Keys that stand apart from the store: two without which no app password can be checked, and one that
 * opens the vault. They are made where they are missing.
 */
public record KeySettings(Path lookupFile, Path pepperFile, Path vaultFile) {

    static KeySettings from(Section in) {
        return new KeySettings(in.path("lookup-file"), in.path("pepper-file"), in.path("vault-file"));
    }
}
