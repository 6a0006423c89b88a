package postern.config;

/**
 * How much a client may say before it is logged in.
 *
 * @param line bytes of a line, and of a whole command with its literals
 * @param literal bytes of one literal
 * @param idPairs parameters of one ID
 * @param idField bytes of the name of one
 * @param idValue bytes of what it says
 * @param failures logins that were refused
 * @param mistakes what no client would say
 * @param questions what anybody may ask
 * @param tlsHello bytes of the first message of TLS
 */
public record BeforeLoginSettings(
        int line,
        int literal,
        int idPairs,
        int idField,
        int idValue,
        int failures,
        int mistakes,
        int questions,
        int tlsHello) {

    private static final int MOST_BYTES = 65_536;

    static BeforeLoginSettings from(Section in) {
        return new BeforeLoginSettings(
                in.number("line", 512, MOST_BYTES),
                in.number("literal", 64, MOST_BYTES),
                in.number("id-pairs", 1, 1_000),
                in.number("id-field", 1, MOST_BYTES),
                in.number("id-value", 1, MOST_BYTES),
                in.number("failures", 1, 100),
                in.number("mistakes", 1, 1_000),
                in.number("questions", 1, 10_000),
                in.number("tls-hello", 4_096, MOST_BYTES));
    }
}
