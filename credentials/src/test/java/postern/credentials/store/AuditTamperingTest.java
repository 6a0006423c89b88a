package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.audit.SampleEvents.HELP_DESK;
import static postern.credentials.audit.SampleEvents.aMonday;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.SampleLogins;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditVerification.Result.Broken;
import postern.credentials.audit.AuditVerification.Result.Intact;

/** E-01, E-03: whatever is altered, taken out or put in is found, and where. */
@ParameterizedClass
@EnumSource
class AuditTamperingTest extends AuditStage {

    private static final String DELETE_LAST = "DELETE FROM audit_events WHERE sequence = 4";

    AuditTamperingTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        super(engine.open(folder));
    }

    @BeforeEach
    void aMondayHasPassed() throws Exception {
        trail.append(aMonday());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            chained = replace(chained, 'success', 'failure') ! digest
            digest = '0000000000000000000000000000000000000000000000000000000000000000' ! digest
            personal = replace(personal, '2nd', '3rd') ! personal data
            personal_salt = personal_salt || substr(personal, 1, 1), personal = substr(personal, 2) ! personal data
            personal = NULL ! personal data: none
            personal = NULL, personal_salt = NULL ! personal data: none
            personal_salt = NULL ! personal data
            actor_name = 'eve@example.org' ! actor's name
            actor_name = NULL, actor_salt = NULL ! actor's name: none
            address = '192.0.2.8' ! address
            address = NULL, address_salt = NULL ! address: none
            kind = 'app_password.created' ! kind: app_password.created (expected: app_password.renamed)
            happened_at = happened_at + 1 ! at: 2026-01-05T09:00:00.001Z
            event_id = 'aud_0000000000000000' ! event_id
            subject = 'sub_0000000000000000' ! subject_id
            subject = NULL ! subject_id: none
            actor = NULL ! actor_id: none
            app_password = NULL ! searched by: SearchedBy
            token = 'tok_1' ! searched by: SearchedBy
            reason = 'no_match' ! searched by: SearchedBy
            times = 2 ! searched by: SearchedBy
            """)
    void anEntryThatWasAlteredIsFound(String alteration, String what) throws Exception {
        sql("UPDATE audit_events SET " + alteration + " WHERE sequence = 2");

        assertBroken(2, what);
    }

    @Test
    void anAddressThatWasAddedIsFound() throws Exception {
        sql("UPDATE audit_events SET address = '192.0.2.8', address_salt = 'a' WHERE sequence = 4");

        assertBroken(4, "address: another");
    }

    @Test
    void anEntryThatWasTakenOutIsFound() throws Exception {
        sql("DELETE FROM audit_events WHERE sequence = 2");

        assertBroken(2, "entry: none (expected: one before 3)");
    }

    @Test
    void anEntryThatWasTakenOutAndTheGapClosedIsFound() throws Exception {
        sql(
                "DELETE FROM audit_events WHERE sequence = 2",
                "UPDATE audit_events SET sequence = 2 WHERE sequence = 3",
                "UPDATE audit_events SET sequence = 3 WHERE sequence = 4",
                "UPDATE audit_chain SET last_sequence = 3");

        assertBroken(2, "digest: ");
    }

    @Test
    void entriesThatWereReorderedAreFound() throws Exception {
        sql(
                "UPDATE audit_events SET sequence = 99 WHERE sequence = 2",
                "UPDATE audit_events SET sequence = 2 WHERE sequence = 3",
                "UPDATE audit_events SET sequence = 3 WHERE sequence = 99");

        assertBroken(2, "digest: ");
    }

    @Test
    void anEndThatWasCutOffIsFound() throws Exception {
        sql(DELETE_LAST);

        assertBroken(4, "last entry: 3 (expected: 4)");
    }

    @Test
    void anEndThatWasCutOffWithHalfOfItsTracesIsFound() throws Exception {
        sql(DELETE_LAST, "UPDATE audit_chain SET last_sequence = 3");

        assertBroken(3, "last digest: ");
    }

    /** Who may write to the store can do this; the digest that somebody noted, or a JSON line, tells of it. */
    @Test
    void anEndThatWasCutOffWithAllItsTracesHasAnotherDigest() throws Exception {
        Intact before = (Intact) verified();
        sql(
                DELETE_LAST,
                "UPDATE audit_chain SET last_sequence = 3,"
                        + " last_digest = (SELECT digest FROM audit_events WHERE sequence = 3)");

        assertThat(verified()).isInstanceOf(Intact.class).isNotEqualTo(before);
        assertThat(lines.getLast()).contains(before.digest());
    }

    @Test
    void aChainThatWasEmptiedIsFound() throws Exception {
        sql("DELETE FROM audit_events");

        assertBroken(1, "last entry: 0 (expected: 4)");
    }

    @Test
    void anEntryThatWasPutBehindTheEndIsFound() throws Exception {
        sql("""
                INSERT INTO audit_events (sequence, event_id, happened_at, kind, chained, digest)
                SELECT 5, 'aud_0000000000000000', happened_at, kind, chained, digest FROM audit_events
                WHERE sequence = 4""");

        assertBroken(5, "last entry: 5 (expected: 4)");
    }

    @Test
    void aBeginningThatWasCutOffIsFound() throws Exception {
        sql("DELETE FROM audit_events WHERE sequence = 1");

        assertBroken(1, "entry: none");
    }

    @Test
    void aBeginningThatWasCutOffAsIfItWerePrunedIsFound() throws Exception {
        sql(
                "UPDATE audit_chain SET pruned_sequence = 1,"
                        + " pruned_digest = (SELECT digest FROM audit_events WHERE sequence = 1)",
                "DELETE FROM audit_events WHERE sequence = 1");

        assertBroken(2, "beginning: 1 ");
    }

    @Test
    void theErasureOfOneExcusesNoOther() throws Exception {
        upkeep.erase(SampleLogins.ADA, HELP_DESK);
        sql("UPDATE audit_events SET personal = NULL, personal_salt = NULL WHERE sequence = 3");

        assertBroken(3, "personal data: none (expected: kept, since nobody was to remove it)");
    }

    @Test
    void anErasureThatWasPutInIsFound() throws Exception {
        sql(
                "UPDATE audit_events SET personal = NULL, personal_salt = NULL WHERE sequence = 2",
                """
                INSERT INTO audit_events (sequence, event_id, happened_at, kind, subject, chained, digest)
                SELECT 5, 'aud_0000000000000000', happened_at, 'user.erased', subject, chained, digest
                FROM audit_events WHERE sequence = 2""",
                "UPDATE audit_chain SET last_sequence = 5, last_digest = (SELECT digest FROM audit_events WHERE sequence = 5)");

        assertBroken(5, "digest: ");
    }

    private void assertBroken(long sequence, String what) throws Exception {
        assertThat(verified()).isInstanceOfSatisfying(Broken.class, broken -> {
            assertThat(broken.what()).startsWith(what);
            assertThat(broken.sequence()).isEqualTo(sequence);
        });
    }
}
