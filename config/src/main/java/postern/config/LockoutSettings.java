package postern.config;

import java.time.Duration;
import java.util.List;

/** How guessing is made slow, and for whom it is not. */
public record LockoutSettings(
        Mode mode,
        boolean admitValidDuringHold,
        long mostRemembered,
        Delays delays,
        Familiar familiar,
        Names names,
        Sources sources,
        List<LockoutEntrySettings> allow,
        List<LockoutEntrySettings> deny) {

    public enum Mode {
        LEARN,
        ENFORCE
    }

    /** How wrong answers become slow. */
    public record Delays(
            int freeMisses, Duration first, Duration longest, Duration halfLife, int most, int mostPerSource) {

        static Delays from(Section in) {
            Duration longest = in.duration("longest", Duration.ofSeconds(1), Duration.ofMinutes(10));
            return new Delays(
                    in.number("free-misses", 1, 100),
                    in.duration("first", Duration.ofSeconds(1), longest),
                    longest,
                    in.duration("half-life", Duration.ofMinutes(1), Duration.ofDays(1)),
                    in.number("most", 0, 1_000_000),
                    in.number("most-per-source", 0, 10_000));
        }
    }

    /** Where a name has logged in before. */
    public record Familiar(Duration keep, int mostPerName, long mostNames, int freeMisses) {

        static Familiar from(Section in) {
            return new Familiar(
                    in.duration("keep", Duration.ofHours(1), Duration.ofDays(365)),
                    in.number("most-per-name", 1, 1000),
                    in.longNumber("most-names", 1, 10_000_000),
                    in.number("free-misses", 1, 1000));
        }
    }

    /** What a name bears from all other places together. */
    public record Names(
            int wrongSecrets, Duration window, int sourcesPerDay, Duration firstHold, Duration longestHold) {

        static Names from(Section in) {
            Duration longest = in.duration("longest-hold", Duration.ofSeconds(1), Duration.ofDays(1));
            return new Names(
                    in.number("wrong-secrets", 1, 1000),
                    in.duration("window", Duration.ofMinutes(1), Duration.ofDays(1)),
                    in.number("sources-per-day", 1, 1000),
                    in.duration("first-hold", Duration.ofSeconds(1), longest),
                    longest);
        }
    }

    /** How many names may fail from one place. */
    public record Sources(
            int slowAfter,
            int refuseAfter,
            Duration window,
            int trustedFactor,
            Duration trustedFor,
            Duration firstRefusal,
            Duration longestRefusal) {

        static Sources from(Section in) {
            Duration longest = in.duration("longest-refusal", Duration.ofMinutes(1), Duration.ofDays(7));
            int refuseAfter = in.number("refuse-after", 1, 1000);
            return new Sources(
                    in.number("slow-after", 1, refuseAfter),
                    refuseAfter,
                    in.duration("window", Duration.ofMinutes(1), Duration.ofDays(1)),
                    in.number("trusted-factor", 1, 100),
                    in.duration("trusted-for", Duration.ofMinutes(1), Duration.ofDays(7)),
                    in.duration("first-refusal", Duration.ofSeconds(1), longest),
                    longest);
        }
    }

    static LockoutSettings from(Section in) {
        return new LockoutSettings(
                in.choice("mode", Mode.values()),
                in.yes("admit-valid-during-hold"),
                in.longNumber("most-remembered", 1000, 10_000_000),
                Delays.from(in.section("delays")),
                Familiar.from(in.section("familiar")),
                Names.from(in.section("names")),
                Sources.from(in.section("sources")),
                in.listed("allow", "entry-defaults", LockoutEntrySettings::from),
                in.listed("deny", "entry-defaults", LockoutEntrySettings::from));
    }
}
