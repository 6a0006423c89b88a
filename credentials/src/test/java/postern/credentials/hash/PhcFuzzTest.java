package postern.credentials.hash;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.credentials.KeyId;
import postern.credentials.PasswordHash;

/** A row that is not as we wrote it is refused, and not another row. */
class PhcFuzzTest {

    private static final KeyId KEY = new KeyId("0123abcd");

    static Stream<String> hashes() {
        String salt = "ec6wHh2WC2thw94qvYSVaA";
        return Stream.of(
                "$argon2id$v=19$m=19456,t=2,p=1$%s$LjrQZKFnFeX+p05SEZn04FMPX2RlXy5oCW0K2eXsXuI".formatted(salt),
                "$argon2id$v=19$m=99999999999,t=2,p=1$%s$x".formatted(salt),
                "$argon2id$v=19$m=8,t=1,p=1$$",
                "$argon2i$v=19$m=8,t=1,p=1$a$b");
    }

    @MethodSource("hashes")
    @FuzzTest
    void isReadBackAsItWasOrRefused(String text) {
        if (text == null) {
            return;
        }
        try {
            Phc phc = Phc.of(new PasswordHash(text, KEY));
            assertThat(phc.saltBytes().length + phc.digestBytes().length).isLessThan(text.length());
            assertThat(Phc.of(phc.encoded(KEY))).isEqualTo(phc);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotNull();
        }
    }
}
