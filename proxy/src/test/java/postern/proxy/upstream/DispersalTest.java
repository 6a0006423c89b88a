package postern.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DispersalTest {

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private double chance = 1;
    private final Dispersal dispersal = new Dispersal(LONGEST, () -> chance);

    @Test
    void nobodyWaitsAlone() {
        enter(1);

        assertThat(dispersal.get()).isZero();
    }

    @Test
    void aHundredAreToldWithinASecondAndThousandsWithinTheTimeThatIsSet() {
        enter(101);
        assertThat(dispersal.get()).isEqualTo(Duration.ofSeconds(1));

        enter(1_000);
        assertThat(dispersal.get()).isEqualTo(LONGEST);
    }

    @Test
    void eachWaitsItsOwnPartOfThat() {
        enter(1_000);
        chance = 0.25;

        assertThat(dispersal.get()).isEqualTo(LONGEST.dividedBy(4));
    }

    @Test
    void whoHasLeftIsCountedNoMore() {
        enter(101).forEach(EmbeddedChannel::close);

        assertThat(dispersal.get()).isZero();
    }

    private List<EmbeddedChannel> enter(int clients) {
        List<EmbeddedChannel> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            EmbeddedChannel client = new EmbeddedChannel();
            dispersal.enter(client);
            all.add(client);
        }
        return all;
    }
}
