package postern.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.config.Settings;

class OwnDoorsTest {

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            127.0.0.1, 1143, listeners.imap
            127.0.0.9, 1143, none
            127.0.0.9, 1993, listeners.imaps
            127.0.0.1, 993,  none
            192.0.2.1, 1993, none
            """)
    void aMailServerThatIsOurselvesIsNone(String address, int port, @Nullable String door) throws Exception {
        Settings settings = Settings.read(ConfigFactory.parseString("""
                listeners { imap { address = "127.0.0.1", port = 1143 }, imaps { address = "0.0.0.0", port = 1993 } }
                """), Map.of());

        assertThat(new OwnDoors(settings.listeners()).at(new InetSocketAddress(address, port)))
                .isEqualTo(Optional.ofNullable(door));
    }
}
