package postern.config;

/** How many may be on the line at once, at all listeners together. */
public record SessionSettings(int mostPerPerson, int mostPerAddress) {

    private static final int MOST = 1_000_000;

    static SessionSettings from(Section in) {
        return new SessionSettings(in.number("most-per-person", 1, MOST), in.number("most-per-address", 1, MOST));
    }
}
