package postern.credentials;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The name a client logs in with. Normalised here, once, so every later comparison is plain equality:
 * one person, one budget, one entry in every cache.
 *
 * <p>Only letters, digits and the few signs that mail addresses live on get in. A name travels into
 * commands of the upstream, into logs and URLs, and elsewhere quotes, line ends, {@code *} and
 * {@code %} in it have made one person another (a master user's separator, a mailbox wildcard, a
 * second line).
 */
public record LoginName(String value) {

    private static final int MAX_LENGTH = 320; // RFC 3696 erratum 1690: 64 + "@" + 255
    private static final String SIGNS = "@.!#$&'+-/=?^_`|~";

    public LoginName {
        // In this order: small letters may compose where their capitals do not (J and a caron).
        value = inAscii(Normalizer.normalize(value.strip().toLowerCase(Locale.ROOT), Normalizer.Form.NFC));
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "login name: " + value.length() + " characters (expected: 1 to " + MAX_LENGTH + ")");
        }
        if (!value.codePoints().allMatch(LoginName::isOfAName)) {
            throw new IllegalArgumentException(
                    "login name: has a character that no login name has (expected: letters, digits, " + SIGNS + ")");
        }
    }

    /** A domain has two spellings, in its own script and in ASCII; DNS and routes know the second. */
    private static String inAscii(String name) {
        int at = name.indexOf('@');
        if (at < 0) {
            return name;
        }
        String domain = domainInAscii(name.substring(at + 1));
        // Only now: to DNS, the wide at sign is one, too.
        if (at == 0 || domain.isEmpty() || domain.contains("@")) {
            throw new IllegalArgumentException("login name: no name, no domain, or two (expected: one of each)");
        }
        return name.substring(0, at + 1) + domain;
    }

    private static String domainInAscii(String domain) {
        try {
            return IDN.toASCII(domain);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("login name: its domain is none (expected: as in mail addresses)");
        }
    }

    private static boolean isOfAName(int c) {
        return Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK
                || SIGNS.indexOf(c) >= 0;
    }

    /** What stands behind the {@code @}; empty for a bare name. */
    public String domain() {
        return value.indexOf('@') < 0 ? "" : value.substring(value.indexOf('@') + 1);
    }

    /** As logs and errors tell it. A secret that was typed into the wrong field prints as stars. */
    @Override
    public String toString() {
        try (PresentedSecret typed = PresentedSecret.typed(value.getBytes(StandardCharsets.UTF_8))) {
            return typed.isWellFormed() ? "***" : value;
        }
    }
}
