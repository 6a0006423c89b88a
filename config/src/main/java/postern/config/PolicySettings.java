package postern.config;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What people are allowed, unless an administrator says otherwise of everyone, of a domain or of one.
 *
 * @param longestLife empty: as long as it is not revoked
 * @param unusedAfter empty: however long nobody uses it
 * @param importedUntil empty: like any other
 */
public record PolicySettings(
        AppPasswords appPasswords,
        boolean secondStepRequired,
        int mostPerAccount,
        int secretLength,
        Set<Opens> protocols,
        Optional<Duration> longestLife,
        Optional<Duration> unusedAfter,
        Set<Issuer> issuers,
        Optional<Instant> importedUntil) {

    private static final Duration LONGEST = Duration.ofDays(3650);

    /** Whether there may be any. */
    public enum AppPasswords {
        ALLOWED,
        NO_NEW,
        SUSPENDED
    }

    /** What an app password opens. */
    public enum Opens {
        IMAP,
        POP3,
        SMTP,
        ACTIVESYNC,
        DAV
    }

    /** Who makes them. */
    public enum Issuer {
        PERSON,
        ADMINISTRATOR
    }

    static PolicySettings from(Section in) {
        return new PolicySettings(
                in.choice("app-passwords", AppPasswords.values()),
                in.yes("second-step-required"),
                in.number("most-per-account", 0, 100),
                in.number("secret-length", 16, 32),
                in.choices("protocols", Opens.values()),
                limit(in, "longest-life"),
                limit(in, "unused-after"),
                in.choices("issuers", Issuer.values()),
                in.time("imported-until"));
    }

    private static Optional<Duration> limit(Section in, String key) {
        Optional<Duration> limit =
                Optional.of(in.duration(key, Duration.ZERO, LONGEST)).filter(time -> !time.isZero());
        limit.filter(time -> time.compareTo(Duration.ofDays(1)) < 0)
                .ifPresent(_ -> in.mistake(key, "a day or more, or 0s for no limit"));
        return limit;
    }
}
