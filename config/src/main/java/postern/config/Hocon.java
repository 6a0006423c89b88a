package postern.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** From text to values; here the parser's exceptions end. */
final class Hocon {

    private Hocon() {}

    static Config parse(Path file) throws SettingsException {
        if (!Files.exists(file)) {
            throw new SettingsException(List.of(file + ": no such file (expected: the configuration)"));
        }
        if (Files.isDirectory(file) || !Files.isReadable(file)) {
            throw new SettingsException(List.of(file + ": cannot be read (expected: the configuration)"));
        }
        try {
            return ConfigFactory.parseFile(file.toFile(), named(file.toString()));
        } catch (ConfigException e) {
            throw told(e, file.toString());
        }
    }

    /** Puts values in the place of every {@code ${NAME}}. */
    static Config resolve(Config config, Map<String, String> environment) throws SettingsException {
        try {
            return config.resolve(ConfigResolveOptions.noSystem().appendResolver(new EnvironmentResolver(environment)));
        } catch (ConfigException e) {
            throw told(e, "the configuration");
        }
    }

    static Config reference() {
        return ConfigFactory.parseString(referenceText(), named(Place.REFERENCE));
    }

    static String referenceText() {
        try (InputStream text = Hocon.class.getResourceAsStream("/" + Place.REFERENCE)) {
            return new String(Objects.requireNonNull(text, Place.REFERENCE).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigParseOptions named(String file) {
        return ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setOriginDescription(file);
    }

    private static SettingsException told(ConfigException e, String file) {
        ConfigOrigin origin = e.origin();
        String message = Objects.requireNonNullElse(e.getMessage(), "cannot be read");
        return new SettingsException(List.of(
                origin == null
                        ? file + ": " + discreet(message)
                        : Place.of(origin) + ": " + discreet(message.replace(origin.description() + ": ", ""))));
    }

    /** What the parser quotes, or puts behind a comma, may be a password that has lost its own quotes. */
    private static String discreet(String message) {
        return message.replaceAll("(?s)'.{2,}'|\".+\"", "…")
                .replaceAll("(?s)(, | \\(if ).*", "")
                .strip();
    }
}
