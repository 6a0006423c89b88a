package postern.credentials;

import java.util.Locale;

/** The doors a client can knock at. Prints as configuration, metrics and log write it. */
public enum Protocol {
    IMAP,
    POP3,
    SMTP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
