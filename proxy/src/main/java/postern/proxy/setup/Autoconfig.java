package postern.proxy.setup;

import java.util.Optional;
import postern.config.SetupOffer.MailPlace;
import postern.proxy.setup.Offers.Asked;
import postern.proxy.setup.Offers.OfDomain;

/** What Thunderbird and many after it ask: Mozilla's config-v1.1. */
final class Autoconfig {

    /** The program puts in what its owner has typed. */
    private static final String ADDRESS = "%EMAILADDRESS%";

    private final Offers offers;

    Autoconfig(Offers offers) {
        this.offers = offers;
    }

    /**
     * @param address of who asks; empty where the program keeps it to itself
     * @param authority how the server was called, which then tells the domain
     */
    SetupReply answer(Optional<String> address, String authority) {
        Optional<OfDomain> asked =
                address.isPresent() ? offers.of(address.get()).map(Autoconfig::domainOf) : offers.ofHost(authority);
        return asked.map(one -> SetupReply.xml(200, config(one)))
                .orElseGet(() -> SetupReply.text(404, "Nothing is known of this domain here."));
    }

    private static OfDomain domainOf(Asked asked) {
        return new OfDomain(asked.address().domain(), asked.offer());
    }

    private static String config(OfDomain asked) {
        XmlText xml = new XmlText("")
                .open("clientConfig")
                .attribute("version", "1.1")
                .open("emailProvider")
                .attribute("id", asked.domain())
                .leaf("domain", asked.domain())
                .leaf("displayName", asked.displayName())
                .leaf("displayShortName", asked.displayName());
        asked.offer().imap().ifPresent(place -> server(xml, "incomingServer", "imap", place));
        asked.offer().pop3().ifPresent(place -> server(xml, "incomingServer", "pop3", place));
        asked.offer().smtp().ifPresent(place -> server(xml, "outgoingServer", "smtp", place));
        return xml.done();
    }

    private static void server(XmlText xml, String element, String type, MailPlace place) {
        xml.open(element)
                .attribute("type", type)
                .leaf("hostname", place.host())
                .leaf("port", String.valueOf(place.port()))
                .leaf(
                        "socketType",
                        switch (place.tls()) {
                            case IMPLICIT -> "SSL";
                            case STARTTLS -> "STARTTLS";
                        })
                .leaf("username", ADDRESS)
                .leaf("authentication", "password-cleartext") // inside TLS; it means: no digest
                .close();
    }
}
