package postern.config;

/**
 * How many may be connected at once, at all listeners together.
 *
 * @param most 0 for as many as there are file descriptors for
 */
public record ConnectionSettings(int most) {

    static ConnectionSettings from(Section in) {
        return new ConnectionSettings(in.number("most", 0, 1_000_000));
    }
}
