package postern.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final ExtendedHandle reads;

    AllowanceTest() {
        Allowance.ofStranger(client);
        reads = (ExtendedHandle) client.config().getRecvByteBufAllocator().newHandle();
    }

    @Test
    void littleIsReadOfAStrangerHoweverMuchItSays() {
        for (int i = 0; i < 20; i++) {
            read(reads.guess());
        }

        assertThat(reads.guess()).isEqualTo(4_096);
        assertThat(client.config().getWriteBufferHighWaterMark()).isEqualTo(8_192);
    }

    @Test
    void asMuchAsComesIsReadOfWhoIsLoggedIn() {
        Allowance.ofSession(client);
        for (int i = 0; i < 20; i++) {
            read(reads.guess());
        }

        assertThat(reads.guess()).isEqualTo(65_536);
        assertThat(client.config().getWriteBufferHighWaterMark()).isEqualTo(WriteBufferWaterMark.DEFAULT.high());
    }

    @Test
    void whatIsNotUsedIsGivenBack() {
        Allowance.ofSession(client);
        for (int i = 0; i < 20; i++) {
            read(reads.guess());
        }
        for (int i = 0; i < 20; i++) {
            read(10);
        }

        assertThat(reads.guess()).isEqualTo(2_048);
    }

    private void read(int bytes) {
        reads.reset(client.config());
        reads.attemptedBytesRead(reads.guess());
        reads.lastBytesRead(bytes);
        reads.readComplete();
    }
}
