package postern.credentials.grant;

/**
 * What a grant was given for: who gives tokens for it, and which mail server sees what opens the
 * mailbox. A name in a configuration can be made to mean another server; what was given for this one is
 * then shown to no other.
 *
 * @param text says the same for the same, and something else for anything else
 */
public record Purpose(String text) {

    private static final int MOST = 2000;

    public Purpose {
        if (text.isEmpty() || text.length() > MOST || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "purpose of a grant: " + text.length() + " characters (expected: 1 to " + MOST + ", no zero)");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
