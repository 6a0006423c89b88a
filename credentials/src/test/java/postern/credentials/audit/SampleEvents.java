package postern.credentials.audit;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import postern.credentials.Actor;
import postern.credentials.LoginName;
import postern.credentials.Protocol;

/** What happens to Ada and Bob on a Monday. */
public final class SampleEvents {

    public static final LoginName BOB = new LoginName("bob@example.org");
    public static final Actor HELP_DESK =
            Actor.administrator("grace@example.org").provenBy("mfa");
    public static final String ADDRESS = "192.0.2.7";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Origin HER_SOFA = new Origin(
            Optional.of(Protocol.IMAP),
            Optional.of(ADDRESS),
            Optional.of("Outlook 14.0"),
            Optional.of("req-1"),
            Optional.of("TLSv1.3"));

    private SampleEvents() {}

    /** Ada gives her scanner another name. */
    public static AuditEvent renamed() {
        return of(AuditKind.APP_PASSWORD_RENAMED)
                .with("before", "Ada's scanner")
                .with("after", "Scanner, 2nd floor");
    }

    /** Ada does it, from her sofa, to her scanner's. */
    public static AuditEvent of(AuditKind kind) {
        return AuditEvent.of(kind, Actor.person(ADA), MONDAY, RANDOM)
                .about(ADA, SCANNER_ID)
                .from(HER_SOFA);
    }

    /** The help desk locks Bob out. */
    public static AuditEvent bobIsLocked() {
        return AuditEvent.of(AuditKind.LOCK_SET, HELP_DESK, MONDAY, RANDOM)
                .about(BOB)
                .from(HER_SOFA);
    }

    /** Which is about nobody. */
    public static AuditEvent policyChanged() {
        return AuditEvent.of(AuditKind.POLICY_CHANGED, HELP_DESK, MONDAY, RANDOM)
                .with("before", "40")
                .with("after", "20");
    }

    public static List<AuditEvent> aMonday() {
        return List.of(of(AuditKind.APP_PASSWORD_CREATED), renamed(), bobIsLocked(), policyChanged());
    }

    public static AuditEntry entry(AuditEvent event) {
        return AuditEntry.of(
                event,
                event.subject().map(_ -> Pseudonym.draw(RANDOM)),
                event.actor().human().map(_ -> Pseudonym.draw(RANDOM)),
                "node-1",
                1,
                AuditEntry.NO_DIGEST,
                RANDOM);
    }
}
