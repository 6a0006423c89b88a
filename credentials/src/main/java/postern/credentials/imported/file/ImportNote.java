package postern.credentials.imported.file;

import java.util.Locale;

/** What was changed on the way, or deserves a look. */
public enum ImportNote {
    /** It had none. */
    NAME_MADE_UP,
    /** It had characters that no screen shows, or that break lines of a log. */
    NAME_CLEANED,
    NAME_CUT,
    /** Better replaced soon by one that is generated here. */
    WEAK_HASH,
    /** A hash of that kind is taken for a month. */
    END_SET,
    /** It was switched off there, and is here. */
    SWITCHED_OFF,
    EXPIRED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
