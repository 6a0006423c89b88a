package postern.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import postern.credentials.DevicePin.Mode;

class DevicePinTest {

    private final DevicePin pinned = new DevicePin(Mode.PIN, Optional.of("Thunderbird/115.1"));

    @Test
    void anUpdateIsNotAnotherDevice() {
        assertThat(pinned.refuses(Optional.of("Thunderbird/128.0"))).isFalse();
        assertThat(pinned.refuses(Optional.of("Thunderbird"))).isFalse();
    }

    @Test
    void anotherProgramIsAndSoIsOneThatSaysNothing() {
        assertThat(pinned.refuses(Optional.of("K-9 Mail/115.1"))).isTrue();
        assertThat(pinned.refuses(Optional.empty())).isTrue();
    }
}
