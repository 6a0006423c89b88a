package postern.proxy.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The one message that logs us in upstream by an access token. Whoever calls this has seen to it that
 * neither part has a control character: ^A is what parts them.
 */
public final class BearerMessage {

    /** What OAUTHBEARER says to a challenge that explains why it was refused (RFC 7628 section 3.2.3). */
    public static final String SURRENDER = "AQ==";

    private BearerMessage() {}

    /** As Google has described it, and Microsoft takes it. */
    public static String xoauth2(String user, String token) {
        return base64("user=" + user + "\u0001auth=Bearer " + token + "\u0001\u0001");
    }

    /** RFC 7628, where a name may hold neither comma nor equals sign as they are (RFC 5801 section 4). */
    public static String oauthbearer(String user, String token) {
        String name = user.replace("=", "=3D").replace(",", "=2C");
        return base64("n,a=" + name + ",\u0001auth=Bearer " + token + "\u0001\u0001");
    }

    private static String base64(String message) {
        return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
    }
}
