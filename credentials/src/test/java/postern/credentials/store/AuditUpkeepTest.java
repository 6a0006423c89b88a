package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.audit.SampleEvents.ADDRESS;
import static postern.credentials.audit.SampleEvents.BOB;
import static postern.credentials.audit.SampleEvents.HELP_DESK;
import static postern.credentials.audit.SampleEvents.aMonday;
import static postern.credentials.audit.SampleEvents.bobIsLocked;
import static postern.credentials.audit.SampleEvents.renamed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Actor;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditFilter;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.AuditVerification.Result.Intact;
import postern.credentials.audit.JsonLine;

/** G: what is no longer kept is gone, and the chain can still be proven. */
@ParameterizedClass
@EnumSource
class AuditUpkeepTest extends AuditStage {

    private static final LoginName GRACE = new LoginName(HELP_DESK.name());
    private static final Duration YEAR = Duration.ofDays(365);

    AuditUpkeepTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        super(engine.open(folder));
    }

    @Test
    void whoIsErasedLeavesNoTraceInAnyColumnAndTheChainIsIntact() throws Exception {
        trail.append(aMonday());
        assertThat(everything()).contains("ada@example.org", "Ada's scanner", "Outlook");

        assertThat(upkeep.erase(ADA, HELP_DESK)).isTrue();

        assertThat(everything()).doesNotContainIgnoringCase("ada@").doesNotContain("Ada's", "2nd floor");
        assertThat(all().getFirst()).satisfies(AuditUpkeepTest::isImpersonal);
        assertThat(all().get(2).fields()).as("Bob's is kept").containsEntry("login_name", "bob@example.org");
        assertThat(all().getLast().kind()).isEqualTo("user.erased");
        assertThat(verified()).isInstanceOf(Intact.class);
        assertThat(trail.of(ADA, 0, 10)).isEmpty();
    }

    private static void isImpersonal(AuditEntry entry) {
        assertThat(entry.personal()).isEmpty();
        assertThat(entry.actorName()).isEmpty();
        assertThat(entry.address()).isEmpty();
        assertThat(JsonLine.of(entry)).contains("app_password.created", "\"facts\":{}");
    }

    @Test
    void whatAnErasedAdministratorDidStaysAndWhoItWasGoes() throws Exception {
        trail.append(aMonday());

        assertThat(upkeep.erase(GRACE, Actor.system("directory"))).isTrue();

        assertThat(everything()).doesNotContain("grace");
        assertThat(all().get(2).fields())
                .containsEntry("kind", "lock.set")
                .containsEntry("login_name", BOB.value())
                .doesNotContainKey("address");
        assertThat(verified()).isInstanceOf(Intact.class);
    }

    @Test
    void whoErasesThemselvesIsErasedToo() throws Exception {
        trail.append(aMonday());
        upkeep.erase(ADA, Actor.person(ADA));

        assertThat(everything()).doesNotContain("ada@");
        assertThat(verified()).isInstanceOf(Intact.class);
    }

    @Test
    void whoIsUnknownCannotBeErasedAndWhoComesBackIsSomebodyElse() throws Exception {
        trail.append(List.of(renamed()));
        assertThat(upkeep.erase(BOB, HELP_DESK)).isFalse();
        upkeep.erase(ADA, HELP_DESK);
        assertThat(upkeep.erase(ADA, HELP_DESK)).isFalse();
        trail.append(List.of(renamed()));

        assertThat(all()).hasSize(3);
        assertThat(all().getLast().subject()).isNotEqualTo(all().getFirst().subject());
        assertThat(verified()).isInstanceOf(Intact.class);
    }

    @Test
    void anErasureThatWasCutShortIsFinished() throws Exception {
        trail.append(aMonday());
        database.change(sql -> upkeep.forget(sql, ADA, HELP_DESK));
        assertThat(everything()).contains("ada@");
        assertThat(verified()).isInstanceOf(Intact.class);

        upkeep.finishErasures();

        assertThat(everything()).doesNotContain("ada@");
        assertThat(verified()).isInstanceOf(Intact.class);
    }

    @Test
    void aPersonSeesAllOfTheirsAndNothingOfOthers() throws Exception {
        trail.append(aMonday());

        assertThat(trail.of(ADA, 0, 10))
                .hasSize(2)
                .allMatch(entry -> entry.fields().containsValue(ADDRESS));
        assertThat(trail.of(BOB, 0, 10))
                .singleElement()
                .satisfies(locked -> assertThat(JsonLine.of(locked))
                        .contains("lock.set", "bob@")
                        .doesNotContain("grace", ADDRESS));
        assertThat(trail.of(GRACE, 0, 10))
                .hasSize(2)
                .first()
                .satisfies(locked -> assertThat(JsonLine.of(locked))
                        .contains("lock.set", "grace@", ADDRESS)
                        .doesNotContain("bob"));
        assertThat(trail.of(ADA, 1, 10)).hasSize(1);
    }

    @Test
    void addressesGoAfterTheirTimeAndTheChainIsIntact() throws Exception {
        trail.append(aMonday());
        pass(Duration.ofDays(60));
        AuditEvent later = AuditEvent.of(AuditKind.LOCK_CLEARED, HELP_DESK, now(), RANDOM)
                .about(BOB)
                .from(bobIsLocked().origin());
        trail.append(List.of(later));
        pass(Duration.ofDays(60));

        upkeep.keep(YEAR, Duration.ofDays(90));

        assertThat(all().subList(0, 4)).allMatch(entry -> entry.address().isEmpty());
        assertThat(all().get(4).fields()).containsEntry("address", ADDRESS);
        assertThat(all().getFirst().fields()).containsEntry("login_name", ADA.value());
        assertThat(all().getLast().kind()).isEqualTo("audit.addresses_removed");
        assertThat(verified()).isInstanceOf(Intact.class);
    }

    @Test
    void whereNothingIsDueNothingIsWritten() throws Exception {
        trail.append(aMonday());

        upkeep.keep(YEAR, YEAR);

        assertThat(all()).hasSize(4);
    }

    @Test
    void theOldestGoInStepsAndTheChainBeginsWhereTheyEnded() throws Exception {
        for (int i = 0; i < 21; i++) {
            trail.append(IntStream.range(0, 100).mapToObj(_ -> renamed()).toList());
        }
        pass(YEAR);
        AuditEvent later =
                AuditEvent.of(AuditKind.LOCK_SET, HELP_DESK, now(), RANDOM).about(BOB);
        trail.append(List.of(later));

        assertThat(upkeep.prune(now())).isEqualTo(2100);

        assertThat(all())
                .extracting(AuditEntry::kind)
                .containsExactly("lock.set", "audit.pruned", "audit.pruned", "audit.pruned");
        assertThat(verified())
                .isEqualTo(new Intact(4, 2101, 2104, all().getLast().digest()));
        assertThat(everything())
                .as("nobody is left in the list of names in vain")
                .doesNotContain("ada@");
        assertThat(upkeep.prune(now())).isZero();
    }

    @Test
    void whatIsNewerThanOneBehindItStays() throws Exception {
        trail.append(aMonday());

        assertThat(upkeep.prune(MONDAY)).isZero();
        assertThat(upkeep.prune(MONDAY.plusMillis(1))).isEqualTo(4);
    }

    @Test
    void whoIsErasedStaysErasedWhenTheErasureIsPruned() throws Exception {
        trail.append(aMonday());
        upkeep.erase(ADA, HELP_DESK);
        pass(YEAR);
        trail.append(List.of(renamed()));
        upkeep.keep(Duration.ofDays(100), Duration.ofDays(90));

        assertThat(trail.after(0, AuditFilter.of(AuditKind.USER_ERASED), 10)).isEmpty();
        assertThat(verified()).isInstanceOf(Intact.class);
    }

    @Test
    void theChainCanBeProvenWhileOthersWritePruneAndErase() throws Exception {
        List<Future<?>> others = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            others.add(threads.submit(() -> {
                for (int i = 0; i < 60; i++) {
                    trail.append(aMonday());
                    if (i % 10 == 0) {
                        upkeep.erase(i % 20 == 0 ? ADA : BOB, HELP_DESK);
                    }
                }
                return null;
            }));
            others.add(threads.submit(() -> {
                for (int i = 0; i < 10; i++) {
                    upkeep.removeAddresses(MONDAY.plusSeconds(i));
                    upkeep.prune(MONDAY.plusMillis(i % 2));
                }
                return null;
            }));
            while (others.stream().anyMatch(other -> !other.isDone())) {
                assertThat(verified()).isInstanceOf(Intact.class);
            }
        }
        for (Future<?> other : others) {
            other.get();
        }
        assertThat(verified()).isInstanceOf(Intact.class);
    }
}
