package postern.credentials.imported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashRefusalsTest {

    private static final String B53 = "abcdefghijklmnopqrstuujf8SX2ahXLwp9w/B.Y5XdysS6yR576q";
    private static final String B43 = "5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5";
    private static final String ARGON2_TAIL = "$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    /** §5.9: by what they are called, and with nothing of what stands behind. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{PLAIN}",
                "{CLEAR}",
                "{CLEARTEXT}",
                "{PLAIN-TRUNC}",
                "{DES-CRYPT}",
                "{MD5}",
                "{PLAIN-MD5}",
                "{LDAP-MD5}",
                "{PLAIN-MD4}",
                "{LANMAN}",
                "{NTLM}",
                "{CRAM-MD5}",
                "{HMAC-MD5}",
                "{DIGEST-MD5}",
                "{SCRAM-SHA-1}",
                "{SCRAM-SHA-256}",
                "{SHA}",
                "{SHA1}",
                "{OTP}",
                "{SKEY}",
                "{RPA}",
                "{CRYPT}$y$",
                "{CRYPT}$gy$",
                "{CRYPT}$2x$",
                "$y$",
                "$7$",
                "$argon2d$",
                "$scrypt$",
                "$sha1$",
                "$pbkdf2$"
            })
    void namesTheSchemesThatAreNeverTaken(String scheme) {
        for (WeakHashes weak : WeakHashes.values()) {
            assertThatThrownBy(() -> ImportedHash.parse(scheme + "hunter2hunter2", weak))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("hash: " + scheme + " (expected: one of {ARGON2ID} ")
                    .hasMessageNotContaining("hunter2");
        }
    }

    /** A password in the place of a hash may look like anything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "{hunter2}",
                "{hunter2",
                "{hunter2}$6$",
                "$hunter2$hunter2",
                "{}",
                "$",
                "{PLAIN.hunter2}x",
                "{ARGON2ID}$6$hunter2hunter2",
                "{SHA512-CRYPT}$5$hunter2hunter2",
                "{CRYPT}hunter2hunt",
                "{PBKDF2}hunter2",
                "{CRYPT}$argon2id$hunter2",
                "{CRYPT}$pbkdf2-sha256$hunter2",
                "$6$hunter2",
                "$5$a$hunter2",
                "$2y$05$hunter2",
                "$2y$xx$hunter2",
                "$1$hunter2",
                "$argon2id$hunter2",
                "$argon2id$v=16$m=64,t=1,p=1$hunter2$hunter2",
                "$pbkdf2-sha256$hunter2",
                "{SSHA256}hunter2!",
                "{SSHA256.HEX}hunter2",
                "{SHA512-CRYPT.HEX}hunter2",
                "{BLF-CRYPT.B64}hunter2!",
                "$6$salt\n$hunter2",
                "{SSHA256}hunter2\r\nhunter2",
                " $6$hunter2"
            })
    void neverQuotesWhatItCannotRead(String text) {
        assertThatThrownBy(() -> ImportedHash.parse(text, WeakHashes.ACCEPTED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("hash: [^\\p{Cntrl}]+ \\(expected: [^\\p{Cntrl}]+\\)")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    /** §5.9 */
    @ParameterizedTest
    @CsvSource({
        "SSHA, {SSHA}VuBGoWdTB6f9ZB2TxRJB2p5H2Z9zYWx0",
        "SMD5, {SMD5}gdvvnA5dfHCbHprS3swwr5GtpKY=",
        "SHA256, {SHA256}QQTTb42iwlQ0n4WDZ5Pr4CngyVcGOjTJHC6SAxh7VjE=",
        "SHA512, {SHA512}VraY3v7bWkNbY0r+MyC7rz/c2SC2xQOkRvx7endrKY1HnRumqLYXgI6wv1ec6aldZoNHvKtxSQhayTyyeZUZew==",
        "MD5-CRYPT, $1$CdDa.6Jk$7RPFqrV9eikYsw6aiU0zX0",
        "MD5-CRYPT, {CRYPT}$1$CdDa.6Jk$7RPFqrV9eikYsw6aiU0zX0",
        "MD5-CRYPT, {MD5-CRYPT}$1$CdDa.6Jk$7RPFqrV9eikYsw6aiU0zX0"
    })
    void takesWeakOnesOnlyWhenAsked(String scheme, String text) {
        assertThatThrownBy(() -> ImportedHash.parse(text)).hasMessageStartingWith("hash: {" + scheme + "} (expected: ");
        assertThat(ImportedHash.parse(text, WeakHashes.ACCEPTED).mustExpire()).isTrue();
    }

    /** I-01: each bound, one step inside and one outside. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$argon2id$v=19$m=262144,t=1,p=1 | $argon2id$v=19$m=262145,t=1,p=1 | argon2 m=262145",
                "$argon2id$v=19$m=8,t=1,p=1 | $argon2id$v=19$m=7,t=1,p=1 | argon2 m=7",
                "$argon2i$v=19$m=16,t=1,p=2 | $argon2i$v=19$m=15,t=1,p=2 | argon2 m=15",
                "$argon2id$v=19$m=64,t=10,p=1 | $argon2id$v=19$m=64,t=11,p=1 | argon2 t=11",
                "$argon2id$v=19$m=64,t=1,p=1 | $argon2id$v=19$m=64,t=0,p=1 | argon2 t=0",
                "$argon2id$v=19$m=64,t=1,p=8 | $argon2id$v=19$m=72,t=1,p=9 | argon2 p=9",
                "$argon2id$v=19$m=64,t=1,p=1 | $argon2id$v=19$m=64,t=1,p=0 | argon2 p=0",
            })
    void boundsTheCostOfArgon2(String inside, String outside, String complaint) {
        holds(inside + ARGON2_TAIL, outside + ARGON2_TAIL, complaint);
    }

    /** I-01: likewise. */
    @ParameterizedTest
    @CsvSource({
        "$2y$14$" + B53 + ", $2y$15$" + B53 + ", bcrypt cost=15",
        "$2y$04$" + B53 + ", $2y$03$" + B53 + ", bcrypt cost=3",
        "{BLF-CRYPT}$2y$14$" + B53 + ", {BLF-CRYPT}$2y$31$" + B53 + ", bcrypt cost=31",
        "$5$rounds=500000$salt$" + B43 + ", $5$rounds=500001$salt$" + B43 + ", SHA-crypt rounds=500001",
        "$5$rounds=1000$salt$" + B43 + ", $5$rounds=999$salt$" + B43 + ", SHA-crypt rounds=999",
        "$6$salt$" + B43 + B43 + ", $6$salt$" + B43 + ", SHA-crypt digest characters=43",
        "$5$salt$" + B43 + ", $5$salt$" + B43 + B43 + ", SHA-crypt digest characters=86",
        "{PBKDF2}$1$salt$5000000$4b007901b765489abead49d926f721d065a429c1,"
                + " {PBKDF2}$1$salt$5000001$4b007901b765489abead49d926f721d065a429c1, PBKDF2 rounds=5000001",
        "{PBKDF2}$1$salt$1$4b007901b765489abead49d926f721d065a429c1,"
                + " {PBKDF2}$1$salt$0$4b007901b765489abead49d926f721d065a429c1, PBKDF2 rounds=0",
        "{PBKDF2}$1$salt$1$4b007901b765489abead49d926f721d065a429c1, {PBKDF2}$1$salt$1$4b, PBKDF2 digest bytes=1",
        "$pbkdf2-sha256$5000000$c2FsdA$gxcT791eS39.hDQqn9K4riSWFPvjZ8k.OkQdqsc5c3o,"
                + " $pbkdf2-sha256$5000001$c2FsdA$gxcT791eS39.hDQqn9K4riSWFPvjZ8k.OkQdqsc5c3o, PBKDF2 rounds=5000001",
        "$pbkdf2-sha256$1$c2FsdA$gxcT791eS39.hDQqn9K4riSWFPvjZ8k.OkQdqsc5c3o,"
                + " $pbkdf2-sha512$1$c2FsdA$gxcT791eS39.hDQqn9K4riSWFPvjZ8k.OkQdqsc5c3o, PBKDF2 digest bytes=32"
    })
    void boundsTheCostOfTheOthers(String inside, String outside, String complaint) {
        holds(inside, outside, complaint);
    }

    /** I-01: a short digest is proved by many secrets, none at all by every one. */
    @Test
    void boundsTheLengthOfEveryPart() {
        String cost = "$argon2id$v=19$m=64,t=1,p=1$";
        holds(cost + base64(8) + "$" + base64(16), cost + base64(7) + "$" + base64(16), "argon2 salt bytes=7");
        holds(cost + base64(64) + "$" + base64(64), cost + base64(65) + "$" + base64(64), "argon2 salt bytes=65");
        holds(cost + base64(8) + "$" + base64(16), cost + base64(8) + "$" + base64(15), "argon2 digest bytes=15");
        holds(cost + base64(8) + "$" + base64(64), cost + base64(8) + "$" + base64(65), "argon2 digest bytes=65");
        holds("{SSHA256}" + base64(33), "{SSHA256}" + base64(32), "SSHA256 salt bytes=0");
        holds("{SSHA256}" + base64(96), "{SSHA256}" + base64(97), "SSHA256 salt bytes=65");
        holds("{SSHA512}" + base64(65), "{SSHA512}" + base64(3), "SSHA512 salt bytes=-61");
        holds("{SHA256}" + base64(32), "{SHA256}" + base64(33), "SHA256 salt bytes=1");
        holds("{SHA512}" + base64(64), "{SHA512}" + base64(63), "SHA512 salt bytes=-1");
        assertThatThrownBy(() -> ImportedHash.parse("$6$" + "x".repeat(510)))
                .hasMessage("hash: 513 characters (expected: at most 512)");
    }

    private static void holds(String inside, String outside, String complaint) {
        assertThatCode(() -> ImportedHash.parse(inside, WeakHashes.ACCEPTED)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ImportedHash.parse(outside, WeakHashes.ACCEPTED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("hash: " + complaint + " (expected: ");
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(new byte[bytes]);
    }
}
