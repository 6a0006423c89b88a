package postern.credentials.imported;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** I-01: any text in the place of a hash; a password in its place is told to nobody, and nobody stops us by its cost. */
class HashTextFuzzTest {

    private static final String PASSWORD = "hunter2hunter2";
    private static final Duration LONGEST = Duration.ofSeconds(10);

    static Stream<String> hashes() throws IOException {
        try (InputStream in = Objects.requireNonNull(HashTextFuzzTest.class.getResourceAsStream("vectors.txt"))) {
            Stream<String> taken = new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.contains("\t") && !line.startsWith("#"))
                    .map(line -> line.substring(line.lastIndexOf('\t') + 1));
            return Stream.concat(
                    taken, Stream.of("{PLAIN}x", "{SHA512-CRYPT.HEX}24", "$2y$99$", "{}", "$argon2id$v=19$m="));
        }
    }

    @MethodSource("hashes")
    @FuzzTest
    void isAHashThatCanBeKeptOrIsRefusedUntold(String text) {
        if (text == null) {
            return;
        }
        for (WeakHashes weak : WeakHashes.values()) {
            check(text, weak);
            check(text + PASSWORD, weak);
            check(PASSWORD + text, weak);
            check(text.substring(0, text.length() / 2) + PASSWORD + text.substring(text.length() / 2), weak);
        }
    }

    private static void check(String text, WeakHashes weak) {
        try {
            ImportedHash hash = ImportedHash.parse(text, weak);
            assertThat(ImportedHash.parse(hash.text(), weak).text()).isEqualTo(hash.text());
            assertThat(hash.expectedTime()).isLessThan(LONGEST);
            assertThat(hash.toString()).doesNotContain(PASSWORD);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("hash: ").hasMessageNotContaining(PASSWORD);
        }
    }
}
