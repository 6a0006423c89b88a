package postern.credentials.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.credentials.SampleLogins.typed;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.PasswordHash;

class Argon2HasherTest {

    private static final AppPasswordId ANOTHER = new AppPasswordId("apw_another000000001");

    @Test
    void provesTheRightSecretOnly() {
        assertThat(CHEAP_HASHER.proves(typed(SCANNER_SECRET), ADA, SCANNER_ID, SCANNER.hash()))
                .isTrue();
        assertThat(CHEAP_HASHER.proves(typed(WRONG_SECRET), ADA, SCANNER_ID, SCANNER.hash()))
                .isFalse();
    }

    /** H-06: a hash copied onto another row of the store opens nothing there. */
    @Test
    void provesNothingForAnotherOwnerOrAnotherAppPassword() {
        LoginName bob = new LoginName("bob@example.org");

        assertThat(CHEAP_HASHER.proves(typed(SCANNER_SECRET), bob, SCANNER_ID, SCANNER.hash()))
                .isFalse();
        assertThat(CHEAP_HASHER.proves(typed(SCANNER_SECRET), ADA, ANOTHER, SCANNER.hash()))
                .isFalse();
    }

    /** H-05 */
    @Test
    void provesNothingWithoutThePepper() {
        byte[] otherPepper = new byte[32];
        otherPepper[0] = 1;
        Argon2Hasher thief = new Argon2Hasher(otherPepper, new HashingCost(8, 1), new SecureRandom());

        assertThat(thief.proves(typed(SCANNER_SECRET), ADA, SCANNER_ID, SCANNER.hash()))
                .isFalse();
    }

    @Test
    void obeysTheCostThatIsWrittenInTheHash() {
        PasswordHash dearer = new Argon2Hasher(new byte[32], new HashingCost(64, 3), new SecureRandom())
                .hash(typed(SCANNER_SECRET), ADA, SCANNER_ID);

        assertThat(dearer.encoded()).startsWith("$argon2id$v=19$m=64,t=3,p=1$");
        assertThat(CHEAP_HASHER.proves(typed(SCANNER_SECRET), ADA, SCANNER_ID, dearer))
                .isTrue();
    }

    @Test
    void saltsEachHash() {
        assertThat(CHEAP_HASHER.hash(typed(SCANNER_SECRET), ADA, SCANNER_ID)).isNotEqualTo(SCANNER.hash());
    }
}
