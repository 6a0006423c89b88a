package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.audit.SampleEvents.BOB;
import static postern.credentials.audit.SampleEvents.aMonday;
import static postern.credentials.audit.SampleEvents.bobIsLocked;
import static postern.credentials.audit.SampleEvents.policyChanged;
import static postern.credentials.audit.SampleEvents.renamed;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Actor;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditEventId;
import postern.credentials.audit.AuditFilter;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.AuditVerification.Result.Intact;
import postern.credentials.audit.JsonLine;
import postern.credentials.audit.SampleEvents;

/** E-01, E-02: what the trail promises on every engine. */
@ParameterizedClass
@EnumSource
class SqlAuditTrailTest extends AuditStage {

    SqlAuditTrailTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        super(engine.open(folder));
    }

    @Test
    void anEmptyChainIsIntact() throws Exception {
        assertThat(verified()).isEqualTo(new Intact(0, 1, 0, AuditEntry.NO_DIGEST));
    }

    @Test
    void eventsStandInOneChainInTheirOrder() throws Exception {
        List<AuditEvent> monday = aMonday();
        trail.append(monday.subList(0, 1));
        trail.append(monday.subList(1, 4));
        trail.append(List.of());

        assertThat(all()).extracting(AuditEntry::sequence).containsExactly(1L, 2L, 3L, 4L);
        assertThat(all().stream().map(AuditEntry::eventId))
                .containsExactlyElementsOf(
                        monday.stream().map(event -> event.id().value()).toList());
        assertThat(verified()).isEqualTo(new Intact(4, 1, 4, all().getLast().digest()));
    }

    @Test
    void anEntryIsReadAsItWasWritten() throws Exception {
        AuditEvent event = renamed();
        trail.append(List.of(event));

        AuditEntry read = all().getFirst();
        assertThat(read.fields())
                .containsEntry("login_name", ADA.value())
                .containsEntry("address", SampleEvents.ADDRESS)
                .containsEntry("node", "node-1");
        assertThat(read.facts()).isEqualTo(event.facts());
    }

    @Test
    void whoAsksAgainDoesNotWriteTwice() throws Exception {
        List<AuditEvent> monday = aMonday();
        trail.append(monday.subList(0, 3));
        trail.append(monday);

        assertThat(all()).hasSize(4);
        assertThat(verified()).isInstanceOf(Intact.class);
    }

    /** E-03 */
    @Test
    void aLineIsToldOfEachEntryWhenItIsCommitted() throws Exception {
        database.change(sql -> {
            trail.append(sql, aMonday());
            assertThat(lines).isEmpty();
            return null;
        });

        assertThat(lines)
                .containsExactlyElementsOf(all().stream().map(JsonLine::of).toList());
    }

    @Test
    void aChangeThatIsRolledBackLeavesNoEventAndNoGap() throws Exception {
        trail.append(List.of(renamed()));
        assertThatThrownBy(() -> database.change(sql -> {
                    trail.append(sql, List.of(bobIsLocked()));
                    throw new IllegalStateException("no change after all");
                }))
                .hasMessage("no change after all");
        trail.append(List.of(policyChanged()));

        assertThat(all()).extracting(AuditEntry::kind).containsExactly("app_password.renamed", "policy.changed");
        assertThat(lines).hasSize(2);
        assertThat(verified()).isInstanceOf(Intact.class);
    }

    @Test
    void aSinkThatFailsTakesNothingBack() throws Exception {
        SqlAuditTrail failing = new SqlAuditTrail(database, "node-2", RANDOM, _ -> {
            throw new IllegalStateException("a bug");
        });
        failing.append(aMonday());

        assertThat(all()).hasSize(4);
    }

    @Test
    void aPersonHasOnePseudonymAndItIsNobodyElses() throws Exception {
        trail.append(aMonday());
        trail.append(aMonday());

        Stream<Optional<String>> adas = all().stream().limit(2).map(AuditEntry::subject);
        assertThat(adas).containsOnly(all().get(5).subject());
        assertThat(all().get(0).actor())
                .as("who did it herself")
                .isEqualTo(all().get(0).subject());
        assertThat(Set.copyOf(all().stream()
                        .flatMap(entry -> entry.subject().stream())
                        .toList()))
                .hasSize(2);
    }

    @Test
    void pagesFollowOneAnotherBySequence() throws Exception {
        trail.append(aMonday());

        assertThat(trail.after(0, AuditFilter.ALL, 3))
                .extracting(AuditEntry::sequence)
                .containsExactly(1L, 2L, 3L);
        assertThat(trail.after(3, AuditFilter.ALL, 3))
                .extracting(AuditEntry::sequence)
                .containsExactly(4L);
        assertThat(trail.before(Long.MAX_VALUE, AuditFilter.ALL, 3))
                .extracting(AuditEntry::sequence)
                .containsExactly(4L, 3L, 2L);
        assertThat(trail.before(2, AuditFilter.ALL, 3))
                .extracting(AuditEntry::sequence)
                .containsExactly(1L);
    }

    @Test
    void entriesAreFoundBySubjectKindAndTime() throws Exception {
        trail.append(aMonday());

        assertThat(found(AuditFilter.ALL.withSubject(ADA))).containsExactly(1L, 2L);
        assertThat(found(AuditFilter.ALL.withSubject(new LoginName("eve")))).isEmpty();
        assertThat(found(AuditFilter.ALL.withKinds(Set.of(AuditKind.LOCK_SET, AuditKind.POLICY_CHANGED))))
                .containsExactly(3L, 4L);
        assertThat(found(AuditFilter.of(AuditKind.LOCK_SET).withSubject(BOB).withFrom(MONDAY)))
                .containsExactly(3L);
        assertThat(found(AuditFilter.ALL.withFrom(MONDAY.plusMillis(1)))).isEmpty();
        assertThat(found(AuditFilter.ALL.withUntil(MONDAY))).isEmpty();
    }

    @Test
    void entriesAreFoundByWhoDidItAndByAppPassword() throws Exception {
        trail.append(aMonday());
        trail.append(List.of(AuditEvent.of(AuditKind.USER_CREATED, Actor.token("tok_1"), MONDAY, new Random(2026))
                .about(BOB)));

        assertThat(found(AuditFilter.ALL.withActor(ADA.value()))).containsExactly(1L, 2L);
        assertThat(found(AuditFilter.ALL.withActor("grace@example.org"))).containsExactly(3L, 4L);
        assertThat(found(AuditFilter.ALL.withActor("tok_1"))).containsExactly(5L);
        assertThat(found(AuditFilter.ALL.withActor("tok_2"))).isEmpty();
        assertThat(found(AuditFilter.ALL.withAppPassword(SCANNER_ID))).containsExactly(1L, 2L);
        assertThat(found(AuditFilter.ALL.withAppPassword(SCANNER_ID).withActor("tok_1")))
                .isEmpty();
    }

    @Test
    void whereAnEventStandsIsKnownByItsId() throws Exception {
        trail.append(aMonday());
        AuditEventId third = new AuditEventId(all().get(2).eventId());

        assertThat(trail.sequenceOf(third)).hasValue(3);
        assertThat(trail.sequenceOf(AuditEventId.draw(new Random(2026)))).isEmpty();
    }

    private List<Long> found(AuditFilter filter) throws Exception {
        return trail.after(0, filter, 10).stream().map(AuditEntry::sequence).toList();
    }
}
