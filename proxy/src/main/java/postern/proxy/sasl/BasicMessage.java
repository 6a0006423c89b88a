package postern.proxy.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import postern.credentials.NameRules;
import postern.credentials.PresentedSecret;
import postern.proxy.sasl.SaslStep.Credentials;

/**
 * What HTTP Basic says (RFC 7617): the name, a colon, the password. Clients that are older than that RFC write ISO-8859-1:
 * what is no UTF-8 is taken for that.
 */
public final class BasicMessage {

    private static final String SCHEME = "basic ";
    private static final int MOST = 2_048;

    private BasicMessage() {}

    /** Nobody, when it is another scheme, or names nobody who can be meant. */
    public static Optional<Credentials> read(String authorization, NameRules names) {
        if (authorization.length() > MOST || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        byte[] message = {};
        try {
            message = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            return split(utf8(message), names);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    private static Optional<Credentials> split(byte[] message, NameRules names) {
        try {
            int colon = indexOfColon(message);
            return colon < 0
                    ? Optional.empty()
                    : TypedName.read(Arrays.copyOf(message, colon), names)
                            .map(name -> new Credentials(
                                    name,
                                    PresentedSecret.typed(Arrays.copyOfRange(message, colon + 1, message.length))));
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    private static byte[] utf8(byte[] message) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message));
            return message.clone();
        } catch (CharacterCodingException _) {
            return new String(message, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static int indexOfColon(byte[] message) {
        for (int i = 0; i < message.length; i++) {
            if (message[i] == ':') {
                return i;
            }
        }
        return -1;
    }

    /** What logs in with this name and password. */
    public static String write(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
