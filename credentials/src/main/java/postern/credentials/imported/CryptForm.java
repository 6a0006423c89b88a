package postern.credentials.imported;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Hashes that say by their first characters what they are.
 *
 * @param labels what Dovecot may put before them, in braces
 */
record CryptForm(String beginning, Set<String> labels, Function<String, ImportedHash> reader) {

    private static final List<CryptForm> ALL = List.of(
            new CryptForm("$argon2id$", Set.of("ARGON2ID"), Argon2Hash::of),
            new CryptForm("$argon2i$", Set.of("ARGON2I"), Argon2Hash::of),
            new CryptForm("$2a$", Set.of("BLF-CRYPT", "CRYPT"), BcryptHash::of),
            new CryptForm("$2b$", Set.of("BLF-CRYPT", "CRYPT"), BcryptHash::of),
            new CryptForm("$2y$", Set.of("BLF-CRYPT", "CRYPT"), BcryptHash::of),
            new CryptForm("$5$", Set.of("SHA256-CRYPT", "CRYPT"), ShaCryptHash::of),
            new CryptForm("$6$", Set.of("SHA512-CRYPT", "CRYPT"), ShaCryptHash::of),
            new CryptForm("$1$", Set.of("MD5-CRYPT", "CRYPT"), Md5CryptHash::of),
            new CryptForm("$pbkdf2-sha256$", Set.of(), Pbkdf2Hash::ofPasslib),
            new CryptForm("$pbkdf2-sha512$", Set.of(), Pbkdf2Hash::ofPasslib));

    static Optional<CryptForm> of(String text) {
        return ALL.stream().filter(form -> text.startsWith(form.beginning)).findFirst();
    }

    static boolean isLabel(String label) {
        return ALL.stream().anyMatch(form -> form.labels.contains(label));
    }

    ImportedHash read(String text) {
        return reader.apply(text);
    }
}
