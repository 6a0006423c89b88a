package postern.credentials.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProofTest {

    private final List<byte[]> lent = new ArrayList<>();

    /** H-07 */
    @Test
    void wipesTheCopyItLendsAndLeavesTheSecretAlone() {
        byte[] secret = "correct horse".getBytes(StandardCharsets.US_ASCII);

        assertThat(Proof.holds(secret, secret.clone(), this::clonedLater)).isTrue();

        assertThat(lent.getFirst()).isNotSameAs(secret).containsOnly(0);
        assertThat(secret).isEqualTo("correct horse".getBytes(StandardCharsets.US_ASCII));
    }

    /** H-07 */
    @Test
    void wipesItAlsoWhenHashingFails() {
        assertThatThrownBy(() -> Proof.holds(new byte[] {1, 2, 3}, new byte[3], secret -> {
                    lent.add(secret);
                    throw new IllegalStateException("no memory");
                }))
                .hasMessage("no memory");

        assertThat(lent.getFirst()).containsOnly(0);
    }

    private byte[] clonedLater(byte[] secret) {
        lent.add(secret);
        return secret.clone();
    }
}
