package postern.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "port,port,0",
        "prot,port,1",
        "pot,port,1",
        "portt,port,1",
        "part,port,1",
        "adress,address,1",
        "tls,imap,4"
    })
    void distanceCountsLettersAddedDroppedChangedOrSwapped(String written, String meant, int distance) {
        assertThat(Spelling.distance(written, meant)).isEqualTo(distance);
    }

    @Test
    void theNearestIsMeant() {
        assertThat(Spelling.hint("imapss", List.of("imap", "imaps"))).isEqualTo("did you mean imaps?");
    }

    @Test
    void aLongKeyMayBeMisspeltMore() {
        assertThat(Spelling.hint("max-conections-per-adress", List.of("max-connections-per-address", "port")))
                .isEqualTo("did you mean max-connections-per-address?");
    }

    @Test
    void whereNothingIsNearTheKnownOnesAreListed() {
        assertThat(Spelling.hint("colour", List.of("port", "address"))).isEqualTo("expected: one of address, port");
    }
}
