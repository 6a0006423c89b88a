package postern.proxy.sasl;

import java.util.Arrays;
import java.util.Optional;
import postern.credentials.NameRules;
import postern.proxy.sasl.SaslStep.GoOn;

/** The ways a client may log in by SASL: those that show us the secret, since we keep none to compute with. */
public enum SaslMechanism {
    PLAIN,
    LOGIN;

    /** Capitals or not: .NET and Python write it small. */
    public static Optional<SaslMechanism> named(String name) {
        return Arrays.stream(values())
                .filter(one -> one.name().equalsIgnoreCase(name))
                .findAny();
    }

    /** Nothing came along with the command. */
    public SaslStep begin() {
        return new GoOn(start());
    }

    /**
     * The first message came along (RFC 4959, RFC 4954, RFC 5034); a lone {@code =} stands for one of no bytes.
     *
     * @param initial is wiped
     */
    public SaslStep begin(byte[] initial, NameRules names) {
        return start().on(initial.length == 1 && initial[0] == '=' ? new byte[0] : initial, names);
    }

    private SaslExchange start() {
        return switch (this) {
            case PLAIN -> new SaslExchange.Message();
            case LOGIN -> new SaslExchange.Name();
        };
    }
}
