package postern.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HopsTest {

    @ParameterizedTest
    @CsvSource({"5, 5", "4, 4", "0, 0", "1, 1", "6, 5", "999999999, 5", "99999999999999, 5", "-1, 5", "x, 5", "'', 5"})
    void nobodyIsGivenMoreThanThereAre(String said, int left) {
        assertThat(Hops.said(said)).isEqualTo(new Hops(left));
    }

    @Test
    void afterFourProxiesTheyAreSpent() {
        Hops atTheFifth = Hops.ALL.next().next().next().next();

        assertThat(Hops.ALL.areSpent()).isFalse();
        assertThat(Hops.ALL.next().next().next().areSpent()).isFalse();
        assertThat(atTheFifth.areSpent()).isTrue();
        assertThat(Hops.ALL.orLess(atTheFifth)).isEqualTo(atTheFifth);
        assertThat(atTheFifth.orLess(Hops.ALL)).isEqualTo(atTheFifth);
    }
}
