package postern.proxy.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import postern.credentials.LoginName;
import postern.credentials.NameRules;
import postern.credentials.PresentedSecret;

/** The one message of SASL PLAIN (RFC 4616): whom to act as, NUL, who asks, NUL, the password. */
public sealed interface PlainMessage {

    record Credentials(LoginName name, PresentedSecret secret) implements PlainMessage {}

    /** Asks to act as somebody else. An app password opens its owner's mailbox and no other. */
    record ActingForAnother() implements PlainMessage {}

    record Malformed() implements PlainMessage {}

    /** Reads what a client sent at a door with these rules for names, and wipes it. */
    static PlainMessage read(byte[] base64, NameRules names) {
        byte[] message = {};
        try {
            message = Base64.getDecoder().decode(base64);
            return split(message, names);
        } catch (IllegalArgumentException _) {
            return new Malformed();
        } finally {
            Arrays.fill(base64, (byte) 0);
            Arrays.fill(message, (byte) 0);
        }
    }

    private static PlainMessage split(byte[] message, NameRules names) {
        int first = indexOfNul(message, 0);
        int second = indexOfNul(message, first + 1);
        if (first < 0 || second < 0 || indexOfNul(message, second + 1) >= 0) {
            return new Malformed();
        }
        Optional<LoginName> name = nameIn(message, first + 1, second, names);
        boolean asOneself = first == 0 || nameIn(message, 0, first, names).equals(name);
        if (name.isEmpty()) {
            return new Malformed();
        } else if (!asOneself) {
            return new ActingForAnother();
        }
        byte[] typed = Arrays.copyOfRange(message, second + 1, message.length);
        return new Credentials(name.get(), PresentedSecret.typed(typed));
    }

    private static Optional<LoginName> nameIn(byte[] message, int from, int to, NameRules names) {
        try {
            return Optional.of(names.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message, from, to - from))
                    .toString()));
        } catch (CharacterCodingException | IllegalArgumentException _) {
            return Optional.empty();
        }
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
    static String write(String actingAs, String asking, String password) {
        byte[] message = (actingAs + "\0" + asking + "\0" + password).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(message);
    }
}
