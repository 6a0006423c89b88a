package postern.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The contract: {@code openapi.yaml}, as it is served. */
public final class ApiDocument {

    static final String TYPE = "application/yaml";

    private static final String YAML = read();

    private ApiDocument() {}

    public static String yaml() {
        return YAML;
    }

    private static String read() {
        try (InputStream file = ApiDocument.class.getResourceAsStream("openapi.yaml")) {
            if (file == null) {
                throw new IllegalStateException("openapi.yaml is in this very jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
