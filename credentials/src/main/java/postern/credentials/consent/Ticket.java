package postern.credentials.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What makes one question to a provider unlike all others. One half goes with the browser, as the state,
 * the other stays in the store: neither of them gives away the verifier, nor the nonce. Prints as stars.
 *
 * @param kept the half that stays
 */
record Ticket(String state, String kept) {

    private static final int BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Pattern STATE = Pattern.compile("[A-Za-z0-9_-]{43}");

    static Ticket draw(RandomGenerator random) {
        return new Ticket(half(random), half(random));
    }

    private static String half(RandomGenerator random) {
        byte[] drawn = new byte[BYTES];
        random.nextBytes(drawn);
        return ENCODER.encodeToString(drawn);
    }

    /** Whether it may be one: what is none is not worth a look into the store. */
    static boolean isState(String text) {
        return STATE.matcher(text).matches();
    }

    /** By which the kept half is found again. */
    static String hash(String state) {
        return hashed("state " + state);
    }

    String verifier() {
        return hashed("verifier " + state + " " + kept);
    }

    String nonce() {
        return hashed("nonce " + state + " " + kept);
    }

    private static String hashed(String text) {
        try {
            return ENCODER.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JRE", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
