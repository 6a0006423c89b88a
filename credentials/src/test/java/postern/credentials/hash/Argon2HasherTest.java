package postern.credentials.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.credentials.SampleLogins.hashOf;
import static postern.credentials.SampleLogins.typed;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.PasswordHash;

class Argon2HasherTest {

    private static final byte[] OTHER = {1};
    private static final AppPasswordId ANOTHER = new AppPasswordId("apw_another000000001");

    @Test
    void provesTheRightSecretOnly() {
        assertThat(CHEAP_HASHER.proves(typed(SCANNER_SECRET).letters(), ADA, SCANNER_ID, hashOf(SCANNER)))
                .isTrue();
        assertThat(CHEAP_HASHER.proves(typed(WRONG_SECRET).letters(), ADA, SCANNER_ID, hashOf(SCANNER)))
                .isFalse();
    }

    /** H-06: a hash copied onto another row of the store opens nothing there. */
    @Test
    void provesNothingForAnotherOwnerOrAnotherAppPassword() {
        LoginName bob = new LoginName("bob@example.org");

        assertThat(CHEAP_HASHER.proves(typed(SCANNER_SECRET).letters(), bob, SCANNER_ID, hashOf(SCANNER)))
                .isFalse();
        assertThat(CHEAP_HASHER.proves(typed(SCANNER_SECRET).letters(), ADA, ANOTHER, hashOf(SCANNER)))
                .isFalse();
    }

    /** H-05 */
    @Test
    void provesNothingWithoutThePepper() {
        Argon2Hasher thief = hasher(KeyRing.of(OTHER), new HashingCost(8, 1));
        PasswordHash claimed = new PasswordHash(
                hashOf(SCANNER).encoded(), KeyRing.of(OTHER).active().id());

        assertThat(thief.proves(typed(SCANNER_SECRET).letters(), ADA, SCANNER_ID, claimed))
                .isFalse();
        assertThatThrownBy(() -> thief.proves(typed(SCANNER_SECRET).letters(), ADA, SCANNER_ID, hashOf(SCANNER)))
                .as("a bug is unavailable, never denied")
                .hasMessageContaining("is not on the ring");
    }

    /** H-05 */
    @Test
    void anOlderPepperOfTheRingProvesAndIsNotCurrent() {
        KeyRing changed = new KeyRing(List.of(KeyRing.Key.of(OTHER), KeyRing.Key.of(new byte[32])));
        Argon2Hasher hasher = hasher(changed, new HashingCost(8, 1));

        assertThat(hasher.proves(typed(SCANNER_SECRET).letters(), ADA, SCANNER_ID, hashOf(SCANNER)))
                .isTrue();
        assertThat(hasher.isCurrent(hashOf(SCANNER))).isFalse();
        assertThat(hasher.isCurrent(hasher.hash(typed(SCANNER_SECRET).letters(), ADA, SCANNER_ID)))
                .isTrue();
        assertThat(CHEAP_HASHER.isCurrent(hashOf(SCANNER))).isTrue();
        assertThat(hasher(KeyRing.of(new byte[32]), new HashingCost(16, 1)).isCurrent(hashOf(SCANNER)))
                .isFalse();
    }

    @Test
    void obeysTheCostThatIsWrittenInTheHash() {
        PasswordHash dearer = hasher(KeyRing.of(new byte[32]), new HashingCost(64, 3))
                .hash(typed(SCANNER_SECRET).letters(), ADA, SCANNER_ID);

        assertThat(dearer.encoded()).startsWith("$argon2id$v=19$m=64,t=3,p=1$");
        assertThat(CHEAP_HASHER.proves(typed(SCANNER_SECRET).letters(), ADA, SCANNER_ID, dearer))
                .isTrue();
    }

    @Test
    void saltsEachHash() {
        assertThat(CHEAP_HASHER.hash(typed(SCANNER_SECRET).letters(), ADA, SCANNER_ID))
                .isNotEqualTo(hashOf(SCANNER));
    }

    private static Argon2Hasher hasher(KeyRing peppers, HashingCost cost) {
        return new Argon2Hasher(peppers, cost, new SecureRandom());
    }
}
