package postern.proxy.transcript;

import java.util.Locale;

/** What differs between the transcripts of one protocol and another: how to know the last line before the end. */
public enum Dialect {
    IMAP,
    POP3,
    SMTP;

    public boolean isGoodbye(String line) {
        return switch (this) {
            case IMAP -> line.startsWith("* BYE");
            case POP3 -> line.endsWith(" Closing.");
            case SMTP -> line.startsWith("421 ") || line.startsWith("221 ");
        };
    }

    /** The folder of its transcripts. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
