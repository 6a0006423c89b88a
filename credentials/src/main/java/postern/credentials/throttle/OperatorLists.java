package postern.credentials.throttle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import postern.credentials.LoginAttempt;

/** Whom the operator lets in the way of no limit, and whom nowhere. */
public record OperatorLists(List<ListEntry> allow, List<ListEntry> deny, InstantSource clock) {

    public OperatorLists {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    boolean allows(LoginAttempt attempt) {
        return isOn(allow, attempt, clock.instant());
    }

    /** An allowance lifts a denial, unless that is a hard one. */
    boolean denies(LoginAttempt attempt) {
        Instant now = clock.instant();
        List<ListEntry> denials =
                deny.stream().filter(entry -> entry.covers(attempt, now)).toList();
        return denials.stream().anyMatch(ListEntry::hard) || (!denials.isEmpty() && !isOn(allow, attempt, now));
    }

    private static boolean isOn(List<ListEntry> list, LoginAttempt attempt, Instant now) {
        return list.stream().anyMatch(entry -> entry.covers(attempt, now));
    }
}
