package postern.credentials.throttle;

import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;
import postern.credentials.hash.FingerprintKey;

/**
 * A wrong secret, as the lockout remembers it: never the secret itself.
 *
 * @param glimpse 24 bits by which the same wrong secret is known again
 */
record Guess(LoginName name, SourceNetwork source, Marks marks, int glimpse) {

    static Guess of(LoginAttempt attempt, FingerprintKey processKey) {
        SourceNetwork source = SourceNetwork.of(attempt.client());
        return new Guess(
                attempt.name(),
                source,
                Marks.of(attempt.name(), source, processKey),
                processKey.fingerprint(attempt.name(), attempt.secret()).glimpse());
    }

    /** What name, source and the pair of them go by in tables. */
    record Marks(long name, long source, long pair) {

        static Marks of(LoginName name, SourceNetwork source, FingerprintKey processKey) {
            return new Marks(
                    processKey.mark(name.value()), processKey.mark(source.toString()), pair(name, source, processKey));
        }

        /** A name has no zero, so no two pairs read alike. */
        static long pair(LoginName name, SourceNetwork source, FingerprintKey processKey) {
            return processKey.mark(name.value() + '\0' + source);
        }
    }
}
