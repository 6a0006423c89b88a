package postern.credentials.throttle;

import java.util.Locale;

/**
 * How the lockout is set up.
 *
 * @param admitValidDuringHold whether the right secret of a source that is not familiar opens during a hold
 * @param mostRemembered names, sources, and pairs of both, of each kind so many
 */
public record LockoutPolicy(
        Mode mode,
        boolean admitValidDuringHold,
        Slowing slowing,
        NameLimits names,
        SourceLimits sources,
        long mostRemembered) {

    public enum Mode {
        /** Counts and tells, and lets everything be as it was. */
        LEARN,
        ENFORCE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
