package postern.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import postern.config.SetupOffer;
import postern.config.SetupOffer.ClientTls;
import postern.config.SetupOffer.MailPlace;

/**
 * One domain's records, as a zone file has them: SRV by RFC 6186 and RFC 8314, which some programs ask for, and the names
 * that others make of the domain by themselves.
 */
record DnsRecords(String domain, SetupOffer offer) {

    private static final int USUAL = 443;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("; " + domain + ", as client-setup.offers." + offer.name() + " has it");
        both(lines, "imap", offer.imap());
        both(lines, "pop3", offer.pop3());
        both(lines, "submission", offer.smtp());
        lines.add(service("_autodiscover", offer.https().host(), offer.https().port()));
        for (String name : List.of("autodiscover.", "autoconfig.")) {
            lines.add(name + domain + ". IN CNAME " + offer.https().host() + ".");
        }
        lines.add("; The certificate that is shown for these two names must bear them: tls.certificates.");
        if (offer.https().port() != USUAL) {
            lines.add("; Who asks by these two names asks at port 443: have it lead to "
                    + offer.https().port() + ".");
        }
        return lines;
    }

    /** Both services of a protocol: the one that is there, and, as RFC 6186 says it, that the other one is not. */
    private void both(List<String> lines, String protocol, Optional<MailPlace> place) {
        lines.add(mail("_" + protocol + "s", place.filter(one -> one.tls() == ClientTls.IMPLICIT)));
        lines.add(mail("_" + protocol, place.filter(one -> one.tls() == ClientTls.STARTTLS)));
    }

    private String mail(String service, Optional<MailPlace> place) {
        return place.map(one -> service(service, one.host(), one.port()))
                .orElseGet(() -> service + "._tcp." + domain + ". IN SRV 0 0 0 .");
    }

    private String service(String service, String host, int port) {
        return service + "._tcp." + domain + ". IN SRV 0 1 " + port + " " + host + ".";
    }
}
