package postern.config;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads everything before complaining, so that an operator fixes the file once. Where a value is
 * wrong a stand-in takes its place and reading goes on; no stand-in ever leaves, because {@link
 * #complain} is the way out.
 */
final class SettingsReader {

    private final Config defaults = Hocon.reference();
    private final Config all;
    private final Map<String, String> environment;
    private final Mistakes mistakes = new Mistakes();

    SettingsReader(Config file, Map<String, String> environment) throws SettingsException {
        this.all = Hocon.resolve(file.withFallback(defaults), environment);
        this.environment = environment;
    }

    /** The whole file; its relative paths start at its data directory. */
    Section root() {
        Path here = Path.of("").toAbsolutePath();
        return rootAt(rootAt(here).path("data-directory"));
    }

    void complain() throws SettingsException {
        mistakes.complain();
    }

    private Section rootAt(Path base) {
        Surroundings around = new Surroundings(base, environment, mistakes, new Doors(mistakes));
        return new Section(around, "", Layer.root(mistakes, all.root(), defaults.root()));
    }
}
