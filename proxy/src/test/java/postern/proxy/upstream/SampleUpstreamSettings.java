package postern.proxy.upstream;

import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.Objects;
import postern.config.Settings;
import postern.config.SettingsException;
import postern.config.UpstreamSettings;

/** What an operator's file comes to. */
public final class SampleUpstreamSettings {

    private SampleUpstreamSettings() {}

    /**
     * The one upstream of a small file.
     *
     * @param more than its name and a login as master user; of what is said twice, the last holds
     * @param password of that user
     */
    public static UpstreamSettings home(String more, String password) {
        try {
            Settings settings =
                    Settings.read(ConfigFactory.parseString("""
                            listeners { imap.enabled = off, imaps.enabled = off }
                            upstreams.home { host = localhost, login { user = postern, password = { env = PASSWORD } } }
                            upstreams.home { %s }
                            """.formatted(more)), Map.of("PASSWORD", password));
            return Objects.requireNonNull(settings.upstreams().get("home"));
        } catch (SettingsException e) {
            throw new AssertionError(e);
        }
    }

    /** The same for all protocols. */
    public static String doors(int port, String tls) {
        return "imap { port = %1$d, tls = %2$s }, pop3 { port = %1$d, tls = %2$s }, ".formatted(port, tls)
                + "smtp { port = %d, tls = %s, extensions = SIZE }".formatted(port, tls);
    }
}
