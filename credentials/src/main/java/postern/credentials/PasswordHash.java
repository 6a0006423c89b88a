package postern.credentials;

import java.util.regex.Pattern;

/**
 * An Argon2id hash in PHC string form. Prints its parameters, never its salt or digest.
 *
 * @param pepper the key that went into it beside the secret
 */
public record PasswordHash(String encoded, KeyId pepper) {

    private static final Pattern FORM =
            Pattern.compile("(\\$argon2id\\$v=19\\$m=\\d{1,7},t=\\d{1,3},p=\\d{1,2}\\$)[\\w+/]+\\$[\\w+/]+");

    public PasswordHash {
        if (!FORM.matcher(encoded).matches()) {
            throw new IllegalArgumentException("password hash: not Argon2id (expected: $argon2id$v=19$m=…)");
        }
    }

    @Override
    public String toString() {
        return FORM.matcher(encoded).replaceFirst("$1***");
    }
}
