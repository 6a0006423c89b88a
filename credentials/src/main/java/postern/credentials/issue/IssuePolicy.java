package postern.credentials.issue;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import postern.credentials.Account;
import postern.credentials.Account.Holder.Device;
import postern.credentials.Account.Holder.Person;
import postern.credentials.AccountSnapshot;
import postern.credentials.Actor;
import postern.credentials.By;
import postern.credentials.DevicePin;
import postern.credentials.Policy;
import postern.credentials.Policy.AppPasswords;
import postern.credentials.Policy.Issuer;
import postern.credentials.Protocol;
import postern.credentials.Scope;
import postern.credentials.issue.Issue.Why;

/** What policy says to an order. */
final class IssuePolicy {

    private static final Set<Protocol> OF_A_DEVICE = Set.of(Protocol.SMTP);

    private IssuePolicy() {}

    /** Why there is none to be had, whatever it be good for. */
    static Optional<Why> objection(AccountSnapshot owner, By by) {
        Policy policy = owner.policy();
        if (!owner.account().enabled()) {
            return Optional.of(Why.ACCOUNT_DISABLED);
        } else if (policy.appPasswords() != AppPasswords.ALLOWED) {
            return Optional.of(Why.NONE_ALLOWED);
        }
        return switch (owner.account().holder()) {
            case Device _ -> by.actor().kind() == Actor.Kind.PERSON ? Optional.of(Why.OTHERS_ISSUE) : Optional.empty();
            case Person person -> toAPerson(policy, person.secondStep(), by);
        };
    }

    private static Optional<Why> toAPerson(Policy policy, boolean secondStep, By by) {
        boolean mayIssue = switch (by.actor().kind()) {
            case PERSON -> policy.issuers().contains(Issuer.PERSON);
            case ADMINISTRATOR, TOKEN -> policy.issuers().contains(Issuer.ADMINISTRATOR);
            case SYSTEM -> true;
        };
        if (!mayIssue) {
            return Optional.of(Why.OTHERS_ISSUE);
        }
        return policy.secondStepRequired() && !secondStep ? Optional.of(Why.SECOND_STEP_MISSING) : Optional.empty();
    }

    /**
     * What the new one is good for.
     *
     * @throws IllegalArgumentException saying what of the order policy does not allow
     */
    static Scope scope(Order order, AccountSnapshot owner, Instant now) {
        return new Scope(
                protocols(order, owner),
                order.networks(),
                order.notBefore(),
                expiry(order, owner.policy(), now),
                order.sending(),
                new DevicePin(order.pin(), Optional.empty()));
    }

    /**
     * A device must say from where it comes: nobody is there to notice that its secret is used elsewhere.
     *
     * @throws IllegalArgumentException when this is a device's, from anywhere
     */
    static void checkNetworks(Account owner, Scope scope) {
        if (owner.isDevice() && scope.networks().isEmpty()) {
            throw new IllegalArgumentException("networks: none (expected: those that the device is in)");
        }
    }

    private static Set<Protocol> protocols(Order order, AccountSnapshot owner) {
        Set<Protocol> allowed = owner.policy().protocols();
        Set<Protocol> wanted = order.protocols().orElse(owner.account().isDevice() ? OF_A_DEVICE : allowed);
        checkProtocols(wanted, owner.policy());
        return wanted;
    }

    /**
     * Policy may allow less than an app password has, but no app password is given more.
     *
     * @throws IllegalArgumentException when one is wanted that policy does not allow
     */
    static void checkProtocols(Set<Protocol> wanted, Policy policy) {
        if (!policy.protocols().containsAll(wanted)) {
            throw new IllegalArgumentException(
                    "protocols: " + told(wanted) + " (expected: some of " + told(policy.protocols()) + ")");
        }
    }

    private static String told(Set<Protocol> protocols) {
        return protocols.stream().sorted().map(Protocol::toString).collect(Collectors.joining(", "));
    }

    private static Optional<Instant> expiry(Order order, Policy policy, Instant now) {
        checkExpiry(order.expiresAt(), policy, now);
        return order.expiresAt().or(() -> policy.longestLife().map(now::plus));
    }

    /**
     * Without an end of its own it ends when policy says.
     *
     * @throws IllegalArgumentException when one is wanted that is later
     */
    static void checkExpiry(Optional<Instant> wanted, Policy policy, Instant createdAt) {
        Optional<Instant> latest = policy.longestLife().map(createdAt::plus);
        if (latest.isPresent() && wanted.isPresent() && wanted.get().isAfter(latest.get())) {
            throw new IllegalArgumentException(
                    "expires_at: " + wanted.get() + " (expected: " + latest.get() + " at the latest)");
        }
    }
}
