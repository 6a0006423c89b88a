package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.typed;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.HashingCost;
import postern.credentials.hash.KeyRing;

/** H-02: what we keep of a secret is what another implementation makes of it. */
class HashByBouncyCastleTest {

    private static final byte[] PEPPER = "a pepper of thirty-two bytes ...".getBytes(StandardCharsets.US_ASCII);

    @Test
    void ourHashOfAnAppPasswordIsTheirs() {
        HashingCost cost = new HashingCost(19_456, 2);
        byte[] letters = typed(SCANNER_SECRET).letters();
        String phc = new Argon2Hasher(KeyRing.of(PEPPER), cost, new SecureRandom())
                .hash(letters, ADA, SCANNER_ID)
                .encoded();

        List<String> parts = List.of(phc.split("\\$", -1));
        assertThat(parts.subList(1, 4)).containsExactly("argon2id", "v=19", "m=19456,t=2,p=1");
        byte[] digest = new byte[32];
        generator(cost, Base64.getDecoder().decode(parts.get(4))).generateBytes(letters, digest);
        assertThat(Base64.getEncoder().withoutPadding().encodeToString(digest)).isEqualTo(parts.get(5));
    }

    private static Argon2BytesGenerator generator(HashingCost cost, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(1)
                .withSalt(salt)
                .withSecret(PEPPER)
                .withAdditional((ADA.value() + "\0" + SCANNER_ID.value()).getBytes(StandardCharsets.UTF_8))
                .build());
        return generator;
    }
}
