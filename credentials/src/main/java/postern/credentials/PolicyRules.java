package postern.credentials;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** What it says, in the words of the configuration; for whoever reads the trail, too. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        appPasswords.ifPresent(rule -> parts.add("app_passwords " + rule));
        secondStepRequired.ifPresent(rule -> parts.add("second_step_required " + rule));
        mostPerAccount.ifPresent(rule -> parts.add("most_per_account " + rule));
        secretLength.ifPresent(rule -> parts.add("secret_length " + rule));
        protocols.ifPresent(rule -> parts.add("protocols " + joined(rule)));
        longestLife.ifPresent(rule -> parts.add("longest_life " + rule));
        unusedAfter.ifPresent(rule -> parts.add("unused_after " + rule));
        issuers.ifPresent(rule -> parts.add("issuers " + joined(rule)));
        return parts.isEmpty() ? "nothing" : String.join("; ", parts).toLowerCase(Locale.ROOT);
    }

    private static String joined(Set<?> rule) {
        return rule.stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
    }

    private static void checkTime(String what, Optional<Duration> time) {
        Policy.checkTime(what, time.filter(limit -> !limit.isZero()));
    }

    private static Optional<Duration> limit(Optional<Duration> here, Optional<Duration> below) {
        return here.isPresent() ? here.filter(time -> !time.isZero()) : below;
    }
}
