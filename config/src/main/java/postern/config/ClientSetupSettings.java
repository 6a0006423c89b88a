package postern.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What mail programs are told that ask how to set themselves up.
 *
 * @param offers in the order of their names
 * @param linkLasts for how long a link to a profile with an app password in it works
 */
public record ClientSetupSettings(List<SetupOffer> offers, Duration linkLasts) {

    /** The one that this domain stands in. What else is asked for has none, and nothing is told of it. */
    public Optional<SetupOffer> of(String domain) {
        return offers.stream().filter(offer -> offer.domains().contains(domain)).findFirst();
    }

    static ClientSetupSettings from(Section in) {
        Map<String, SetupOffer> offers = in.named("offers", "offer-defaults", SetupOffer::from);
        refuseTwice(in, offers);
        return new ClientSetupSettings(
                List.copyOf(offers.values()), in.duration("link-lasts", Duration.ofMinutes(1), Duration.ofDays(1)));
    }

    /** Which of two offers were told would be chance. */
    private static void refuseTwice(Section in, Map<String, SetupOffer> offers) {
        Map<String, String> taken = new HashMap<>();
        offers.forEach((name, offer) -> offer.domains().forEach(domain -> {
            String before = taken.putIfAbsent(domain, name);
            if (before != null) {
                in.mistake(
                        "offers",
                        domain + (before.equals(name) ? " twice in " + name : " in " + before + " and in " + name),
                        "each domain once");
            }
        }));
    }
}
