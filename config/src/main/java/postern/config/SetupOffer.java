package postern.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the people of some domains are told to connect to. All of it comes from here, and nothing from who asks.
 *
 * @param domains in small letters, in ASCII
 * @param displayName empty: as the domain is called
 * @param imap empty: clients are not told of it; and so with the others
 * @param activesync whether phones are told of it, at {@code https}
 */
public record SetupOffer(
        String name,
        List<String> domains,
        Optional<String> displayName,
        Optional<MailPlace> imap,
        Optional<MailPlace> pop3,
        Optional<MailPlace> smtp,
        WebPlace https,
        boolean activesync) {

    private static final int MOST_OF_A_NAME = 100;

    /** How a client gets TLS. */
    public enum ClientTls {
        IMPLICIT,
        STARTTLS
    }

    /** Where a mail program connects to. */
    public record MailPlace(String host, int port, ClientTls tls) {}

    /** Where the HTTPS listener is reached. */
    public record WebPlace(String host, int port) {

        private static final int USUAL = 443;

        /** As it stands behind the {@code //} of an address. */
        public String authority() {
            return port == USUAL ? host : host + ":" + port;
        }
    }

    /** Where mail is read: the better of the two that there may be. */
    public Optional<MailPlace> incoming() {
        return imap.or(() -> pop3);
    }

    static SetupOffer from(Section in) {
        String host = in.text("host", "a host name", SetupOffer::isHost);
        return new SetupOffer(
                in.name(),
                domains(in),
                Optional.of(in.text(
                                "display-name",
                                "printable text, at most " + MOST_OF_A_NAME + " characters",
                                SetupOffer::isPrintable))
                        .filter(name -> !name.isEmpty()),
                mailPlace(in.section("imap"), host),
                mailPlace(in.section("pop3"), host),
                mailPlace(in.section("smtp"), host),
                webPlace(in.section("https"), host),
                in.section("activesync").yes("offered"));
    }

    private static List<String> domains(Section in) {
        List<String> domains =
                in.list("domains", "a domain in ASCII, as stands behind an @", SetupOffer::isHost).stream()
                        .map(domain -> domain.toLowerCase(Locale.ROOT))
                        .toList();
        if (in.isInUse() && in.isEmptyList("domains")) {
            in.missing("domains", "one domain at least");
        }
        return domains;
    }

    /** What is wrong with one that is not offered is told all the same. */
    private static Optional<MailPlace> mailPlace(Section in, String host) {
        MailPlace place =
                new MailPlace(host(in, host), in.number("port", 1, 65_535), in.choice("tls", ClientTls.values()));
        return Optional.of(place).filter(_ -> in.yes("offered"));
    }

    private static WebPlace webPlace(Section in, String host) {
        return new WebPlace(host(in, host), in.number("port", 1, 65_535));
    }

    private static String host(Section in, String host) {
        String own = in.text("host", "a host name", text -> text.isEmpty() || isHost(text));
        return own.isEmpty() ? host : own;
    }

    /** One that DNS could know; it stands in addresses and in XML. */
    private static boolean isHost(String text) {
        return text.length() <= 253
                && text.matches("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");
    }

    private static boolean isPrintable(String text) {
        return text.length() <= MOST_OF_A_NAME
                && text.codePoints()
                        .allMatch(c -> Character.isLetterOrDigit(c)
                                || (c >= ' ' && c < 0x7f)
                                || Character.getType(c) == Character.SPACE_SEPARATOR);
    }
}
