package postern.proxy.sasl;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import postern.credentials.LoginName;
import postern.credentials.NameRules;
import postern.credentials.PresentedSecret;
import postern.proxy.sasl.SaslStep.Cancelled;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.sasl.SaslStep.GoOn;
import postern.proxy.sasl.SaslStep.Malformed;

/**
 * A login by SASL that waits for the client's next message. Pure.
 *
 * <pre>
 *   PLAIN   Message ──────────────────→ credentials
 *   LOGIN   Name ──→ Password ────────→ credentials
 * </pre>
 */
public sealed interface SaslExchange {

    /** What to ask for the message with, in base64. */
    String challenge();

    /**
     * Takes the line that a client answered with, and wipes it.
     *
     * @param names the door's rules for them
     */
    SaslStep on(byte[] line, NameRules names);

    private static boolean isCancelled(byte[] line) {
        return line.length == 1 && line[0] == '*';
    }

    /** All in one (RFC 4616). */
    record Message() implements SaslExchange {

        @Override
        public String challenge() {
            return "";
        }

        @Override
        public SaslStep on(byte[] line, NameRules names) {
            return isCancelled(line) ? new Cancelled() : PlainMessage.read(line, names);
        }
    }

    /** LOGIN was never standardised; old clients insist on its two challenges to the letter. */
    record Name() implements SaslExchange {

        @Override
        public String challenge() {
            return "VXNlcm5hbWU6"; // "Username:"
        }

        @Override
        public SaslStep on(byte[] line, NameRules names) {
            return decoded(
                    line,
                    typed -> TypedName.read(typed, names)
                            .<SaslStep>map(name -> new GoOn(new Password(name)))
                            .orElseGet(() -> new Malformed(SaslMechanism.LOGIN)));
        }
    }

    record Password(LoginName name) implements SaslExchange {

        @Override
        public String challenge() {
            return "UGFzc3dvcmQ6"; // "Password:"
        }

        @Override
        public SaslStep on(byte[] line, NameRules names) {
            return decoded(line, typed -> new Credentials(name, PresentedSecret.typed(typed)));
        }
    }

    private static SaslStep decoded(byte[] line, Function<byte[], SaslStep> then) {
        Optional<byte[]> decoded = Optional.empty();
        try {
            if (isCancelled(line)) {
                return new Cancelled();
            }
            decoded = Optional.of(Base64.getDecoder().decode(line));
            return then.apply(decoded.get());
        } catch (IllegalArgumentException _) {
            return new Malformed(SaslMechanism.LOGIN);
        } finally {
            Arrays.fill(line, (byte) 0);
            decoded.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        }
    }
}
