package postern.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How an upstream is called.
 *
 * @param sourceAddress an IP address of this machine to call from; empty: as the system chooses
 * @param loginTimeout from connecting to logged in
 * @param tries for one login, all together
 * @param pause before the same host is tried again
 * @param within from the first try to the end of the last
 * @param downAfter so many failures in a row, and a host is left alone
 * @param downFor for so long, until somebody tries again
 * @param goodbyesWithin in what time those are told to leave whose host has died
 */
public record UpstreamDialing(
        Optional<String> sourceAddress,
        Duration connectTimeout,
        Duration loginTimeout,
        int tries,
        Duration pause,
        Duration within,
        int downAfter,
        Duration downFor,
        Duration goodbyesWithin) {

    static UpstreamDialing from(Section in) {
        Section retries = in.section("retries");
        Section health = in.section("health");
        return new UpstreamDialing(
                Optional.of(in.text(
                                "source-address",
                                "an IP address of this machine",
                                text -> text.isEmpty() || Values.address(text).isPresent()))
                        .filter(address -> !address.isEmpty()),
                in.duration("connect-timeout", Duration.ofSeconds(1), Duration.ofMinutes(1)),
                in.duration("login-timeout", Duration.ofSeconds(1), Duration.ofMinutes(5)),
                retries.number("tries", 1, 10),
                retries.duration("pause", Duration.ofMillis(100), Duration.ofSeconds(10)),
                retries.duration("within", Duration.ofSeconds(1), Duration.ofMinutes(5)),
                health.number("down-after", 1, 100),
                health.duration("down-for", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                health.duration("goodbyes-within", Duration.ZERO, Duration.ofMinutes(10)));
    }
}
