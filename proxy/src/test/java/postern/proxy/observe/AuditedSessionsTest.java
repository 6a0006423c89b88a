package postern.proxy.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER_ID;

import io.netty.channel.embedded.EmbeddedChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import postern.credentials.Actor;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.Protocol;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditKind;
import postern.proxy.session.LiveSession;
import postern.proxy.session.SampleSessions;
import postern.proxy.session.SessionEnd;

/** E-01, E-02 */
class AuditedSessionsTest {

    private final List<AuditEvent> events = new ArrayList<>();
    private final AuditedSessions observer =
            new AuditedSessions(new Metrics().sessions(), events::add, () -> MONDAY, new SecureRandom());
    private final LiveSession adas =
            SampleSessions.session(SampleSessions.sessions(), ADA, SCANNER_ID, new EmbeddedChannel());

    @Test
    void tellsWhoseSessionWasEndedAndWhy() {
        observer.ended(adas, SessionEnd.REVOKED, Optional.of(Reason.SUSPENDED_BY_POLICY));
        observer.ended(adas, SessionEnd.ASKED, Optional.empty());

        assertThat(events).extracting(AuditEvent::kind).containsOnly(AuditKind.SESSION_ENDED);
        assertThat(events.stream().map(event -> event.reason().orElseThrow()))
                .containsExactly("suspended_by_policy", "asked");
        AuditEvent first = events.getFirst();
        assertThat(first.actor()).isEqualTo(Actor.system("sessions"));
        assertThat(first.subject()).contains(ADA);
        assertThat(first.appPassword()).contains(SCANNER_ID);
        assertThat(first.origin().protocol()).contains(Protocol.IMAP);
        assertThat(first.origin().address()).contains("127.0.0.1");
        assertThat(first.facts()).containsEntry("session", adas.id().value());
    }
}
