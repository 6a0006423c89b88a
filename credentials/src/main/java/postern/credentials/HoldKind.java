package postern.credentials;

import java.util.Locale;

/** What went too far. */
public enum HoldKind {
    /** Too many different secrets were tried for this name from places that are not familiar. */
    NAME,
    /** Too many places that are not familiar tried this name within a day. */
    DISTRIBUTED,
    /** Too many names were tried from this network. */
    SOURCE;

    public static HoldKind parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
