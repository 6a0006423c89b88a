package postern.proxy.setup;

import java.util.Locale;
import java.util.Optional;
import postern.config.ClientSetupSettings;
import postern.config.SetupOffer;
import postern.credentials.LoginName;

/** Who is told what. */
record Offers(ClientSetupSettings settings) {

    private static final String AUTOCONFIG = "autoconfig.";

    /** Somebody's address, and what the people of that domain are told. */
    record Asked(LoginName address, SetupOffer offer) {

        /** What the account is called. */
        String displayName() {
            return Offers.displayName(offer, address.domain());
        }
    }

    /** A domain, whoever in it asks. */
    record OfDomain(String domain, SetupOffer offer) {

        String displayName() {
            return Offers.displayName(offer, domain);
        }
    }

    /** Nothing, for what is no address and for one of a domain that is not configured: to who asks, it is the same. */
    Optional<Asked> of(String address) {
        try {
            LoginName name = new LoginName(address);
            return settings.of(name.domain()).map(offer -> new Asked(name, offer));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** By the name that a server was called by: that of the domain, or the one that programs make of it. */
    Optional<OfDomain> ofHost(String authority) {
        String host = authority.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
        String domain = host.startsWith(AUTOCONFIG) ? host.substring(AUTOCONFIG.length()) : host;
        return settings.of(domain).map(offer -> new OfDomain(domain, offer));
    }

    private static String displayName(SetupOffer offer, String domain) {
        return offer.displayName().orElse(domain);
    }
}
