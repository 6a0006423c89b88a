package postern.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Which state of a thing was seen, so that nobody writes over what they have not seen (RFC 9110). */
public final class Etag {

    private static final int BYTES = 16;

    private Etag() {}

    /** As it stands in a header, with its quotes. */
    static String of(JsonNode thing) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(thing.toString().getBytes(StandardCharsets.UTF_8));
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JRE", e);
        }
    }

    /**
     * Whoever changes a thing says which state of it they have seen.
     *
     * @param now as it is told, read in the transaction that is about to change it
     */
    public static void requireSeen(Call call, JsonNode now) {
        String seen = call.headers().get(HttpHeaderNames.IF_MATCH);
        if (seen == null) {
            throw new Refusal(Problem.PRECONDITION_REQUIRED.because(
                    "if-match: missing (expected: the etag of what you have seen, or *)"));
        }
        if (!seen.strip().equals("*") && !has(seen, of(now))) {
            throw new Refusal(Problem.PRECONDITION_FAILED.because(
                    "if-match: another state (expected: the etag of the latest; read it again)"));
        }
    }

    /** Whether the client has this very state already. */
    static boolean isKnown(RequestHeaders headers, String etag) {
        String known = headers.get(HttpHeaderNames.IF_NONE_MATCH);
        return known != null && (known.strip().equals("*") || has(known.replace("W/", ""), etag));
    }

    private static boolean has(String list, String etag) {
        return Arrays.stream(list.split(",", -1)).map(String::strip).anyMatch(etag::equals);
    }
}
