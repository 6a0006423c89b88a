package postern.credentials.imported.file;

import java.util.Locale;

/** Whose file it is. Prints as a command line has it. */
public enum ImportFormat {
    /** Our own: a JSON object a line. */
    GENERIC,
    /** Rows of mailcow's table {@code app_passwd}, a JSON object a line. */
    MAILCOW,
    /** The same in CSV, with a line of column names. */
    MAILCOW_CSV,
    /** Rows of Mailu's table {@code token}, a JSON object a line. */
    MAILU,
    MAILU_CSV,
    /** Dovecot's passwd-file. */
    DOVECOT,
    /** Stalwart's principals, a JSON object a line, each with any number of app passwords. */
    STALWART;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
