package postern.credentials;

import java.util.regex.Pattern;

/** Names one key of a ring, in the store and on the command line. Tells nothing of the key. */
public record KeyId(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}");

    public KeyId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("key id: not one (expected: 8 of 0-9a-f)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
