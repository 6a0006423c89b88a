package postern.credentials.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import postern.credentials.LoginName;
import postern.credentials.job.Criterion.InDomain;
import postern.credentials.job.Criterion.InGroup;
import postern.credentials.job.Criterion.OfOwners;

class RevocationFilterTest {

    @Test
    void oneThatSaysNothingWouldBeEverybodys() {
        assertThatThrownBy(() -> new RevocationFilter(List.of())).hasMessageContaining("says nothing");
    }

    @Test
    void nothingIsSaidTwice() {
        assertThatThrownBy(() -> RevocationFilter.of(new InGroup("sales"), new InGroup("service")))
                .hasMessageContaining("twice");
    }

    @Test
    void aListIsBounded() {
        Set<LoginName> many = IntStream.rangeClosed(0, Criterion.MOST_LISTED)
                .mapToObj(i -> new LoginName("person" + i))
                .collect(Collectors.toSet());

        assertThatThrownBy(() -> new OfOwners(many)).hasMessage("owners: 1001 (expected: 1 to 1000)");
        assertThatThrownBy(() -> new OfOwners(Set.of())).hasMessage("owners: 0 (expected: 1 to 1000)");
    }

    @Test
    void aDomainIsSpelledAsItIsInLoginNames() {
        assertThat(new InDomain("Bücher.example").domain()).isEqualTo("xn--bcher-kva.example");
    }
}
