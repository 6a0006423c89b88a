package postern.config;

import java.time.Instant;
import java.util.Optional;

/**
 * A line of the allow or the deny list.
 *
 * @param network an IP address or a network in CIDR notation
 * @param name a login name
 * @param author who wrote it
 */
public record LockoutEntrySettings(
        Optional<String> network,
        Optional<String> name,
        String reason,
        String author,
        Optional<Instant> until,
        boolean hard) {

    /** As the domain has it; what is refused here can be told with its line. */
    private static final String NAME = "[\\p{L}\\p{Nd}\\p{Mn}\\p{Mc}@.!#$&'+/=?^_`|~-]{0,320}";

    static LockoutEntrySettings from(Section in) {
        LockoutEntrySettings entry = new LockoutEntrySettings(
                unlessEmpty(in.text(
                        "network",
                        "an IP address or a network such as 192.0.2.0/24",
                        text -> text.isEmpty() || Values.isNetwork(text))),
                unlessEmpty(in.text("name", "a login name", text -> text.matches(NAME))),
                in.text("reason", "text", _ -> true),
                in.text("author", "text", _ -> true),
                in.time("until"),
                in.yes("hard"));
        if (in.isEmpty("network") && in.isEmpty("name")) {
            in.mistakeHere("neither network nor name", "one of them, or both");
        }
        return entry;
    }

    private static Optional<String> unlessEmpty(String text) {
        return Optional.of(text).filter(one -> !one.isEmpty());
    }
}
