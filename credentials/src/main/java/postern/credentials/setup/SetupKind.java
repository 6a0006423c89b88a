package postern.credentials.setup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a phone is set up for. Prints as it is asked for. */
public enum SetupKind {
    /** To read mail and to send it, by the protocols for that. */
    MAIL,
    ACTIVESYNC;

    /** The one that prints like this. */
    public static Optional<SetupKind> parse(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
