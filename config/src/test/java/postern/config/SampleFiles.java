package postern.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.Map;

/** What operators write, as if it stood in postern.conf. */
final class SampleFiles {

    static final String MASTER_PASSWORD = "correct-horse";
    static final Map<String, String> ENVIRONMENT = Map.of("POSTERN_MASTER", MASTER_PASSWORD);
    static final String UPSTREAM = """
            upstreams.main { host = mail.example.org, login { user = postern, password = { env = POSTERN_MASTER } } }
            """;

    private SampleFiles() {}

    static Settings read(String file) throws SettingsException {
        return read(file, ENVIRONMENT);
    }

    static Settings read(String file, Map<String, String> environment) throws SettingsException {
        return Settings.read(
                ConfigFactory.parseString(file, ConfigParseOptions.defaults().setOriginDescription("postern.conf")),
                environment);
    }
}
