package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.proxy.http.ActiveSyncPhone;

/** Somebody who asks on and on, and takes no answer. */
class UnreadAnswersTest {

    private static final String MANY = "GET /nobody HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000);
    private static final int TIMES = 2_000;

    /** Their answers would have some 200 MB. */
    @Test
    void isHungUpOnBeforeTheAnswersFillTheMemory(@TempDir Path folder) throws Exception {
        try (PhoneServer house = PhoneServer.start(folder, "");
                ActiveSyncPhone phone = house.phone()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < TIMES; i++) {
                            phone.say(MANY);
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
    }
}
