package postern.credentials;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The doors a client can knock at. Prints as configuration, metrics and log write it. */
public enum Protocol {
    IMAP,
    POP3,
    SMTP,
    ACTIVESYNC,
    /** What else asks with HTTP Basic: calendars, address books, Exchange Web Services. */
    DAV;

    public static final Set<Protocol> ALL = Set.of(values());

    /** Whether each request is a login, of which a client makes thousands. */
    public boolean asksEachTime() {
        return this == ACTIVESYNC || this == DAV;
    }

    /** The one that prints like this. */
    public static Protocol parse(String text) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("protocol: " + text + " (expected: one of "
                        + Arrays.stream(values()).map(Protocol::toString).collect(Collectors.joining(", ")) + ")"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
