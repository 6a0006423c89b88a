package postern.credentials;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import postern.credentials.Policy.AppPasswords;
import postern.credentials.Policy.Issuer;

/**
 * What one layer of the policy says, and what it leaves to the layers below. A time of zero says: no
 * limit, whatever is said below.
 */
public record PolicyRules(
        Optional<AppPasswords> appPasswords,
        Optional<Boolean> secondStepRequired,
        OptionalInt mostPerAccount,
        OptionalInt secretLength,
        Optional<Set<Protocol>> protocols,
        Optional<Duration> longestLife,
        Optional<Duration> unusedAfter,
        Optional<Set<Issuer>> issuers) {

    /** Says nothing. */
    public static final PolicyRules SILENT = new PolicyRules(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public PolicyRules {
        mostPerAccount.ifPresent(Policy::checkMostPerAccount);
        secretLength.ifPresent(Policy::checkSecretLength);
        checkTime("longest_life", longestLife);
        checkTime("unused_after", unusedAfter);
    }

    public PolicyRules withAppPasswords(AppPasswords allowed) {
        return new PolicyRules(
                Optional.of(allowed),
                secondStepRequired,
                mostPerAccount,
                secretLength,
                protocols,
                longestLife,
                unusedAfter,
                issuers);
    }

    /** These rules, and what they leave open as it is below. */
    public Policy over(Policy below) {
        return new Policy(
                appPasswords.orElse(below.appPasswords()),
                secondStepRequired.orElse(below.secondStepRequired()),
                mostPerAccount.orElse(below.mostPerAccount()),
                secretLength.orElse(below.secretLength()),
                protocols.orElse(below.protocols()),
                limit(longestLife, below.longestLife()),
                limit(unusedAfter, below.unusedAfter()),
                issuers.orElse(below.issuers()),
                below.importedUntil());
    }

    private static void checkTime(String what, Optional<Duration> time) {
        Policy.checkTime(what, time.filter(limit -> !limit.isZero()));
    }

    private static Optional<Duration> limit(Optional<Duration> here, Optional<Duration> below) {
        return here.isPresent() ? here.filter(time -> !time.isZero()) : below;
    }
}
