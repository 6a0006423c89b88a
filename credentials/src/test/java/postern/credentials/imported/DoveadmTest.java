package postern.credentials.imported;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** I-05: whatever the Dovecot that is installed makes today, and whether it knows again what we keep of it. */
@Tag("dovecot")
class DoveadmTest {

    private static final List<String> SCHEMES = List.of(
            "ARGON2ID",
            "ARGON2I",
            "BLF-CRYPT",
            "SHA512-CRYPT",
            "SHA256-CRYPT",
            "PBKDF2",
            "CRYPT",
            "SSHA256",
            "SSHA512",
            "SSHA",
            "SHA256",
            "SHA512",
            "SMD5",
            "MD5-CRYPT",
            "BLF-CRYPT.b64",
            "SHA512-CRYPT.hex",
            "SSHA256.hex",
            "SHA512.b64");

    private static final List<String> SECRETS =
            List.of("p", "Zo\u00eb \u65e5\u672c \ud83d\udc0e", " \t{PLAIN}$6$ ", "80 bytes ".repeat(9));

    static Stream<Arguments> schemesAndSecrets() {
        return SCHEMES.stream().flatMap(scheme -> SECRETS.stream().map(secret -> Arguments.of(scheme, secret)));
    }

    @ParameterizedTest
    @MethodSource("schemesAndSecrets")
    void makesHashesThatItsSecretProvesHereAndThereAlike(String scheme, String secret) throws Exception {
        ImportedHash hash = ImportedHash.parse(doveadm("-s", scheme, "-p", secret), WeakHashes.ACCEPTED);

        assertThat(hash.proves(secret.getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(hash.proves(("x" + secret).getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(doveadm("-t", labelled(hash), "-p", secret)).endsWith("(verified)");
    }

    /** As Dovecot wants it: it takes a bare hash for one of crypt(3), which Argon2 is not. */
    private static String labelled(ImportedHash hash) {
        return hash.text().startsWith("{") ? hash.text() : "{" + hash.scheme() + "}" + hash.text();
    }

    private static String doveadm(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("doveadm", "pw"), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }
}
