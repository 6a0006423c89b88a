package postern.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.ReadTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoginDeadlineTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void startTheClock() {
        channel.freezeTime();
        channel.pipeline().addLast(Handlers.DEADLINE, new LoginDeadline(Duration.ofSeconds(30)));
    }

    @Test
    void passesHoweverBusilyTheClientTalks() {
        for (int second = 1; second < 30; second++) {
            pass(1);
            channel.writeInbound("NOOP");
        }
        pass(1);

        assertThatThrownBy(channel::checkException).isInstanceOf(ReadTimeoutException.class);
    }

    @Test
    void isOffOnceTheRelayHasTakenOver() {
        pass(29);
        channel.pipeline().remove(Handlers.DEADLINE);
        pass(60);

        assertThatCode(channel::checkException).doesNotThrowAnyException();
    }

    @Test
    void isOffOnceTheClientHasLeft() {
        channel.close();

        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
