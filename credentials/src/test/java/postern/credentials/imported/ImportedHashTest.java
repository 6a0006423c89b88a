package postern.credentials.imported;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedHashTest {

    static List<Vector> vectors() {
        return Vector.all();
    }

    /** I-05 */
    @ParameterizedTest
    @MethodSource("vectors")
    void isProvedByTheSecretThatAnotherToolMadeItOf(Vector vector) {
        assertThat(vector.parsed().proves(vector.typed())).isTrue();
    }

    /** I-05, F-05: nothing is trimmed, folded or composed. */
    @ParameterizedTest
    @MethodSource("vectors")
    void isProvedByNoOtherSecret(Vector vector) {
        ImportedHash hash = vector.parsed();

        assertThat(hash.proves(bytes("X" + vector.secret().substring(1)))).isFalse();
        assertThat(hash.proves(bytes(" " + vector.secret()))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void leavesTheSecretAsItWas(Vector vector) {
        byte[] typed = vector.typed();

        vector.parsed().proves(typed);

        assertThat(typed).isEqualTo(vector.typed());
    }

    /** I-02: a store that keeps the text has the same hash again. */
    @ParameterizedTest
    @MethodSource("vectors")
    void isTheSameAgainFromItsText(Vector vector) {
        ImportedHash hash = vector.parsed();

        assertThat(ImportedHash.parse(hash.text(), WeakHashes.ACCEPTED)).isEqualTo(hash);
        assertThat(hash.text()).hasSizeLessThanOrEqualTo(512);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void canBeLoggedWithoutAThought(Vector vector) {
        String text = vector.parsed().text();
        String end = text.substring(text.length() - 12);

        assertThat(vector.parsed().toString()).contains("***").doesNotContain(end);
        for (String part : text.split("[${}]", -1)) {
            if (part.length() >= 8
                    && !part.startsWith("m=")
                    && !part.startsWith("argon2")
                    && !part.startsWith("rounds")) {
                assertThat(vector.parsed().toString()).doesNotContain(part);
            }
        }
    }

    /** F-05: a secret in Latin-1, as an old client sends it, is bytes like any other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // doveadm pw -s SHA512-CRYPT -p $'caf\xe9', and so on
                "{SHA512-CRYPT}$6$DNFR4q6jY4wPezDT$BMaACdXsmcq992Bc17NvDP1fIt8sKRlwPzdRUfJe9GVrCedpO.3MCSCmdQOP/IuxsyFERgZiei5KdBK8a5bp2.",
                "{BLF-CRYPT}$2y$05$Y5fjGRlZK2l0KO0vpoqqJ.Jsn6OO3pLE.40m86l/WOqNL0.5O.rhO",
                "{PBKDF2}$1$TjffYbmCBW7.q6aF$5000$7b6a6b740da0fdd7e952b2d157994e8acabac3c5",
                "{SSHA512}IhgTWDd14cg/NqwoVflr+OErrFxdjBoyyvXb75gspzjr1lapEqS6ZllF5MwJmco34eR1sXe9A+aHtuB7tIwUG0gSp9U="
            })
    void isProvedByBytesThatAreNoText(String hash) {
        assertThat(ImportedHash.parse(hash).proves("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1)))
                .isTrue();
        assertThat(ImportedHash.parse(hash).proves(bytes("caf\u00e9"))).isFalse();
    }

    /** An account without a password is not an open door, and old Outlook knocks with an empty one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // doveadm pw -s BLF-CRYPT -p '', and so on
                "{BLF-CRYPT}$2y$05$7FbrZCBSolFruRFrfR5.nueOWjhvqC2BlkbZwb7B2ikd7L6K/bLUS",
                "{SHA512-CRYPT}$6$KwH2RaygrzNisNyd$Qbjkgj8QHp1jf.XEzO2X.IMIBncPVLfvOFXgikZVUT4MEnqKW/MqFgUoa7MpEPH17A0HMtSZcfdnjSdB68HUl0",
                "{PBKDF2}$1$snkA/2DmGYtnK1iK$5000$3d618188f69f4cc5dfab9267b7db76bae8faa089",
                "{SSHA256}7oa+RBAfb3mwqByOryiOkyre8iSd51LLIzEeolqFN/ErSKyr",
                "{ARGON2I}$argon2i$v=19$m=32768,t=4,p=1$EeR9W/6XZuSY7NfBG3KLzw$u/WPGmkZ+b1kBBFUincdHtSIzs3KcFK9l8X3WkjugcQ"
            })
    void isNeverProvedByNothing(String hash) {
        assertThat(ImportedHash.parse(hash).proves(new byte[0])).isFalse();
    }

    /** bcrypt repeats the key with its NUL, HMAC fills up with them: without this both would be true. */
    @ParameterizedTest
    @MethodSource("vectors")
    void isNeverProvedWithANul(Vector vector) {
        assertThat(vector.parsed().proves(bytes(vector.secret() + "\0"))).isFalse();
        assertThat(vector.parsed().proves(bytes(vector.secret() + "\0" + vector.secret())))
                .isFalse();
    }

    @Test
    void isNotAskedAboutMoreThan256Bytes() {
        ImportedHash hash = DigestHash.of(DigestScheme.SSHA256, digestAndSalt(257));

        assertThat(hash.proves("x".repeat(257).getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(DigestHash.of(DigestScheme.SSHA256, digestAndSalt(256))
                        .proves("x".repeat(256).getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
    }

    /** The system that made it let in whoever had 72 bytes right; a long secret must go on working. */
    @Test
    void ofBcryptCountsSeventyTwoBytesOnly() {
        Vector seventyTwo = Vector.all().stream()
                .filter(one -> one.typed().length == 72 && one.hash().startsWith("{BLF-CRYPT}"))
                .findFirst()
                .orElseThrow();

        assertThat(seventyTwo.parsed().proves(bytes(seventyTwo.secret() + "and any tail")))
                .isTrue();
        assertThat(seventyTwo.parsed().proves(bytes(seventyTwo.secret().substring(0, 71))))
                .isFalse();
    }

    /** §5.9 */
    @ParameterizedTest
    @CsvSource({
        "'{SSHA256}', true, false",
        "'{SSHA512}', true, false",
        "'{SSHA}', true, true",
        "'{SMD5}', true, true",
        "'{SHA256}', true, true",
        "'{SHA512}', true, true",
        "'$1$', true, true",
        "'$pbkdf2-sha256$1$', true, false",
        "'$pbkdf2-sha256$29000$', false, false",
        "'{PBKDF2}$1$', false, false",
        "'$5$', false, false",
        "'{BLF-CRYPT}$2y$', false, false",
        "'{ARGON2ID}', false, false"
    })
    void saysHowMuchItIsWorth(String beginning, boolean weak, boolean mustExpire) {
        ImportedHash hash = Vector.all().stream()
                .filter(one -> one.hash().startsWith(beginning))
                .findFirst()
                .orElseThrow()
                .parsed();

        assertThat(hash.isWeak()).isEqualTo(weak);
        assertThat(hash.mustExpire()).isEqualTo(mustExpire);
    }

    /** I-01: what it takes is known before it is run; by a factor, since machines differ. */
    @ParameterizedTest
    @CsvSource({
        "'$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc', 27",
        "'$2y$14$abcdefghijklmnopqrstuujf8SX2ahXLwp9w/B.Y5XdysS6yR576q', 819",
        "'$5$rounds=500000$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc8', 150",
        "'{PBKDF2}$1$salt$5000000$4b007901b765489abead49d926f721d065a429c1', 1000"
    })
    void foretellsItsTime(String text, long millis) {
        assertThat(ImportedHash.parse(text).expectedTime()).hasMillis(millis);
    }

    private static byte[] digestAndSalt(int secretBytes) {
        byte[] secret = "x".repeat(secretBytes).getBytes(StandardCharsets.US_ASCII);
        byte[] salt = {1, 2, 3, 4};
        byte[] both = Arrays.copyOf(DigestScheme.SSHA256.digest(secret, salt), 36);
        System.arraycopy(salt, 0, both, 32, salt.length);
        return both;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
