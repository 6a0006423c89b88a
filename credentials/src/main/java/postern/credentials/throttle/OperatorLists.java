package postern.credentials.throttle;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;

/** Whom the operator lets in the way of no limit, and whom nowhere. */
public record OperatorLists(List<ListEntry> allow, List<ListEntry> deny, InstantSource clock) {

    public OperatorLists {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    boolean allows(LoginAttempt attempt) {
        return !allowing(attempt.name(), attempt.client()).isEmpty();
    }

    boolean denies(LoginAttempt attempt) {
        return denies(attempt.name(), attempt.client());
    }

    /** An allowance lifts a denial, unless that is a hard one. */
    public boolean denies(LoginName name, InetAddress client) {
        List<ListEntry> denials = denying(name, client);
        return denials.stream().anyMatch(ListEntry::hard)
                || (!denials.isEmpty() && allowing(name, client).isEmpty());
    }

    /** What of the allow list is about them. */
    public List<ListEntry> allowing(LoginName name, InetAddress client) {
        return about(allow, name, client);
    }

    /** What of the deny list is about them. */
    public List<ListEntry> denying(LoginName name, InetAddress client) {
        return about(deny, name, client);
    }

    private List<ListEntry> about(List<ListEntry> list, LoginName name, InetAddress client) {
        Instant now = clock.instant();
        return list.stream().filter(entry -> entry.covers(name, client, now)).toList();
    }
}
