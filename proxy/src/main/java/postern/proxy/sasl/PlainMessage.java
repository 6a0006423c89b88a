package postern.proxy.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import postern.credentials.LoginName;
import postern.credentials.NameRules;
import postern.credentials.PresentedSecret;
import postern.proxy.sasl.SaslStep.ActingForAnother;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.sasl.SaslStep.Malformed;

/** The one message of SASL PLAIN (RFC 4616): whom to act as, NUL, who asks, NUL, the password. */
public final class PlainMessage {

    private PlainMessage() {}

    /** Reads what a client sent at a door with these rules for names, and wipes it. */
    static SaslStep read(byte[] base64, NameRules names) {
        byte[] message = {};
        try {
            message = Base64.getDecoder().decode(base64);
            return split(message, names);
        } catch (IllegalArgumentException _) {
            return malformed();
        } finally {
            Arrays.fill(base64, (byte) 0);
            Arrays.fill(message, (byte) 0);
        }
    }

    private static SaslStep split(byte[] message, NameRules names) {
        int first = indexOfNul(message, 0);
        int second = indexOfNul(message, first + 1);
        if (first < 0 || second < 0 || indexOfNul(message, second + 1) >= 0) {
            return malformed();
        }
        Optional<LoginName> name = nameIn(message, first + 1, second, names);
        boolean asOneself = first == 0 || nameIn(message, 0, first, names).equals(name);
        if (name.isEmpty()) {
            return malformed();
        } else if (!asOneself) {
            return new ActingForAnother();
        }
        byte[] typed = Arrays.copyOfRange(message, second + 1, message.length);
        return new Credentials(name.get(), PresentedSecret.typed(typed));
    }

    private static Malformed malformed() {
        return new Malformed(SaslMechanism.PLAIN);
    }

    private static Optional<LoginName> nameIn(byte[] message, int from, int to, NameRules names) {
        return TypedName.read(Arrays.copyOfRange(message, from, to), names);
    }

    private static int indexOfNul(byte[] message, int from) {
        for (int i = from; i < message.length; i++) {
            if (message[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The message that logs {@code asking} in upstream, to act as {@code actingAs}. */
    public static String write(String actingAs, String asking, String password) {
        byte[] message = (actingAs + "\0" + asking + "\0" + password).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(message);
    }
}
