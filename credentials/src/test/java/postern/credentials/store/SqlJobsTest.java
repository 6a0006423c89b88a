package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.Actor;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.By;
import postern.credentials.Change;
import postern.credentials.Change.Revoked;
import postern.credentials.LoginName;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditFilter;
import postern.credentials.audit.AuditVerification;
import postern.credentials.audit.AuditVerification.Result.Intact;
import postern.credentials.issue.SecretGenerator;
import postern.credentials.job.Beginning.Begun;
import postern.credentials.job.Beginning.Otherwise;
import postern.credentials.job.Beginning.TooMany;
import postern.credentials.job.Criterion.AnyOf;
import postern.credentials.job.Criterion.InDomain;
import postern.credentials.job.Criterion.OfOwners;
import postern.credentials.job.Job;
import postern.credentials.job.JobId;
import postern.credentials.job.JobOutcome;
import postern.credentials.job.JobResult;
import postern.credentials.job.JobState;
import postern.credentials.job.JobStore;
import postern.credentials.job.JobWork;
import postern.credentials.job.Preview;
import postern.credentials.job.RevocationFilter;

/** What {@link JobStore} promises. */
@ParameterizedClass
@EnumSource
class SqlJobsTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final LoginName CHARLES = new LoginName("charles@example.com");
    private static final RevocationFilter EXAMPLE_ORG = RevocationFilter.of(new InDomain("example.org"));
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SecretGenerator SECRETS = new SecretGenerator(RANDOM);

    private final SampleStore store;
    private final MovedClock clock = new MovedClock();
    private final JobStore jobs;
    private final List<AppPasswordId> ofAda = new ArrayList<>();

    /** Two things at a time, of five. */
    SqlJobsTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.jobs = new SqlJobs(store.changes(), clock, RANDOM, 2);
    }

    @BeforeEach
    void threePeopleAreThere() throws Exception {
        for (LoginName name : List.of(ADA, BOB, CHARLES)) {
            store.accounts().add(Account.person(name, MONDAY), ROOT);
        }
        for (int i = 0; i < 3; i++) {
            ofAda.add(issue(ADA));
        }
        issue(BOB);
        issue(BOB);
        issue(CHARLES);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aPreviewCountsAndChangesNothing() throws Exception {
        assertThat(jobs.preview(EXAMPLE_ORG)).isEqualTo(new Preview(5, 2));

        assertThat(store.credentials().of(ADA)).hasSize(3);
        assertThat(jobs.jobs(Optional.empty(), 10)).isEmpty();
    }

    @Test
    void whatWasFoundIsRevokedAndNothingElse() throws Exception {
        List<Change> heard = new ArrayList<>();
        store.feed().listen(heard::add);
        JobId id = begin(EXAMPLE_ORG, 5);

        finish("node-1");

        Job job = jobs.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.DONE);
        assertThat(job.startedAt()).contains(MONDAY);
        assertThat(job.endedAt()).contains(MONDAY);
        assertThat(List.of(job.total(), job.done(), job.failed())).containsExactly(5, 5, 0);
        assertThat(job.work()).isEqualTo(new JobWork.Revocation(EXAMPLE_ORG.criteria()));
        assertThat(job.begun()).isEqualTo(ROOT);
        assertThat(store.credentials().of(ADA)).isEmpty();
        assertThat(store.credentials().of(BOB)).isEmpty();
        assertThat(store.credentials().of(CHARLES)).hasSize(1);
        assertThat(new KeptOfPerson(store.changes()).revoked(ADA))
                .as("tombstones")
                .hasSize(3);
        assertThat(heard).hasOnlyElementsOfType(Revoked.class).hasSize(5);
        assertThat(jobs.take("node-1")).isEmpty();
    }

    @Test
    void eachIsToldAsIfItWereTheOnlyOne() throws Exception {
        JobId id = begin(EXAMPLE_ORG, 5);
        finish("node-1");

        List<AuditEntry> told = told();
        assertThat(told)
                .extracting(AuditEntry::kind)
                .startsWith("job.begun")
                .endsWith("job.ended")
                .hasSize(7);
        assertThat(told.subList(1, 6)).allSatisfy(entry -> {
            assertThat(entry.kind()).isEqualTo("app_password.revoked");
            assertThat(entry.facts()).containsEntry("job", id.value());
        });
        assertThat(told.getFirst().facts())
                .containsEntry("total", "5")
                .containsEntry("what", "revocation; domain example.org");
        assertThat(told.getLast().facts()).containsEntry("state", "done").containsEntry("done", "5");
        assertThat(new AuditVerification(store.trail()).run()).isInstanceOf(Intact.class);
    }

    @Test
    void whatCameOfEachIsReadByPages() throws Exception {
        JobId id = begin(EXAMPLE_ORG, 5);
        finish("node-1");

        List<JobResult> first = jobs.results(id, 0, 3);
        List<JobResult> rest = jobs.results(id, first.getLast().place(), 3);

        assertThat(first).extracting(JobResult::owner).containsOnly(ADA);
        assertThat(first).extracting(JobResult::appPassword).containsExactlyInAnyOrderElementsOf(ofAda);
        assertThat(rest).extracting(JobResult::owner).containsExactly(BOB, BOB);
        assertThat(rest).extracting(JobResult::outcome).containsOnly(JobOutcome.REVOKED);
    }

    @Test
    void nothingBeginsWhenSomebodyChangedWhatWasLookedAt() throws Exception {
        store.credentials().revoke(ADA, ofAda.getFirst(), ROOT);

        assertThat(jobs.begin(EXAMPLE_ORG, 5, ROOT)).isEqualTo(new Otherwise(new Preview(4, 2)));
        issue(ADA);
        issue(ADA);
        assertThat(jobs.begin(EXAMPLE_ORG, 5, ROOT)).isEqualTo(new Otherwise(new Preview(6, 2)));

        assertThat(jobs.jobs(Optional.empty(), 10)).isEmpty();
        assertThat(jobs.take("node-1")).isEmpty();
        assertThat(jobs.begin(EXAMPLE_ORG, JobStore.MOST + 1, ROOT)).isEqualTo(new TooMany(JobStore.MOST));
    }

    @Test
    void whatIsIssuedLaterStaysAndWhatIsGoneByThenIsToldSo() throws Exception {
        JobId id = begin(EXAMPLE_ORG, 5);
        store.credentials().revoke(ADA, ofAda.getFirst(), ROOT);
        AppPasswordId later = issue(ADA);

        finish("node-1");

        assertThat(store.credentials().of(ADA)).extracting(AppPassword::id).containsExactly(later);
        assertThat(jobs.results(id, 0, 10))
                .filteredOn(one -> one.outcome() == JobOutcome.GONE)
                .extracting(JobResult::appPassword)
                .containsExactly(ofAda.getFirst());
    }

    @Test
    void whatANodeThatDiedHasLeftAnotherDoesAndNothingIsDoneTwice() throws Exception {
        JobId id = begin(EXAMPLE_ORG, 5);
        assertThat(jobs.take("node-1")).contains(id);
        assertThat(jobs.step(id, "node-1")).isTrue();

        assertThat(jobs.take("node-2")).as("it may still live").isEmpty();
        clock.pass(JobLeases.LENGTH);
        assertThat(jobs.take("node-2")).contains(id);
        assertThat(jobs.find(id).orElseThrow().done()).isEqualTo(2);
        assertThat(jobs.step(id, "node-1")).as("it has lost it").isFalse();
        jobs.fail(id, "node-1");
        finish("node-2");

        Job job = jobs.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.DONE);
        assertThat(job.startedAt()).contains(MONDAY);
        assertThat(job.done()).isEqualTo(5);
        assertThat(jobs.results(id, 0, 10)).extracting(JobResult::outcome).containsOnly(JobOutcome.REVOKED);
        assertThat(told())
                .filteredOn(entry -> entry.kind().equals("app_password.revoked"))
                .hasSize(5);
    }

    @Test
    void aNodeThatWorksKeepsItsJobAndOneThatEndsGivesItBack() throws Exception {
        JobId id = begin(EXAMPLE_ORG, 5);
        jobs.take("node-1");
        clock.pass(JobLeases.LENGTH.minusMillis(1));
        jobs.step(id, "node-1");
        clock.pass(JobLeases.LENGTH.minusMillis(1));
        assertThat(jobs.take("node-2")).isEmpty();
        assertThat(jobs.take("node-1")).as("after the store was away").contains(id);

        jobs.giveBack(id, "node-1");

        assertThat(jobs.take("node-2")).contains(id);
    }

    @Test
    void whoCancelsStopsItBetweenTwoSteps() throws Exception {
        JobId id = begin(EXAMPLE_ORG, 5);
        jobs.take("node-1");
        jobs.step(id, "node-1");

        By bobs = By.administrator("bob", MONDAY.plusSeconds(1));
        assertThat(jobs.cancel(id, bobs).orElseThrow().state()).isEqualTo(JobState.CANCELLED);

        assertThat(jobs.step(id, "node-1")).isFalse();
        assertThat(jobs.take("node-1")).isEmpty();
        Job job = jobs.find(id).orElseThrow();
        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(job.endedAt()).contains(bobs.at());
        assertThat(job.done()).isEqualTo(2);
        assertThat(store.credentials().of(ADA)).hasSize(1);
        assertThat(jobs.results(id, 2, 10)).extracting(JobResult::outcome).containsOnly(JobOutcome.PENDING);
        assertThat(told().getLast().facts()).containsEntry("state", "cancelled").containsEntry("done", "2");

        assertThat(jobs.cancel(id, bobs)).as("once is enough").contains(job);
        assertThat(told()).filteredOn(entry -> entry.kind().equals("job.ended")).hasSize(1);
        assertThat(jobs.cancel(JobId.draw(RANDOM), bobs)).isEmpty();
    }

    @Test
    void oneThatCannotGoOnIsToldAsFailed() throws Exception {
        JobId id = begin(EXAMPLE_ORG, 5);
        jobs.take("node-1");

        jobs.fail(id, "node-1");

        assertThat(jobs.find(id).orElseThrow().state()).isEqualTo(JobState.FAILED);
        assertThat(jobs.take("node-2")).isEmpty();
        assertThat(told().getLast().facts()).containsEntry("state", "failed");
    }

    @Test
    void jobsAreListedTheLatestFirstAndDoneTheOldestFirst() throws Exception {
        JobId first = begin(RevocationFilter.of(new AnyOf(Set.of(ofAda.getFirst()))), 1, MONDAY.plusSeconds(1));
        JobId second = begin(RevocationFilter.of(new OfOwners(Set.of(BOB))), 2, MONDAY.plusSeconds(2));

        assertThat(jobs.jobs(Optional.empty(), 1)).extracting(Job::id).containsExactly(second);
        assertThat(jobs.jobs(Optional.of(second), 9)).extracting(Job::id).containsExactly(first);
        assertThat(jobs.take("node-1")).contains(first);
        assertThat(jobs.take("node-2")).contains(second);
    }

    @Test
    void anErasedPersonIsInNoJob() throws Exception {
        RevocationFilter both = RevocationFilter.of(new OfOwners(Set.of(ADA, BOB)), new AnyOf(Set.copyOf(ofAda)));
        JobId id = begin(both, 3);
        JobId adas = begin(RevocationFilter.of(new OfOwners(Set.of(BOB))), 2, By.administrator(ADA.value(), MONDAY));

        store.accounts().erase(ADA, ROOT);
        finish("node-1");

        Job job = jobs.find(id).orElseThrow();
        assertThat(job.work()).isEqualTo(new JobWork.Revocation(List.of(new OfOwners(Set.of(BOB)))));
        assertThat(job.state()).isEqualTo(JobState.DONE);
        assertThat(jobs.results(id, 0, 10)).isEmpty();
        assertThat(jobs.find(adas).orElseThrow().begun().actor()).isEqualTo(Actor.system("erased"));
        assertThat(new KeptOfPerson(store.changes()).jobs(BOB)).hasSize(2);
    }

    @Test
    void whatIsOverIsForgottenAfterAMonth() throws Exception {
        JobId id = begin(EXAMPLE_ORG, 5);
        assertThat(jobs.forgetOver(MONDAY.plus(Duration.ofDays(365))))
                .as("not over")
                .isZero();
        finish("node-1");

        assertThat(jobs.forgetOver(MONDAY.plus(JobStore.KEPT).minusMillis(1))).isZero();
        assertThat(jobs.forgetOver(MONDAY.plus(JobStore.KEPT))).isEqualTo(1);

        assertThat(jobs.find(id)).isEmpty();
        assertThat(jobs.results(id, 0, 10)).isEmpty();
        assertThat(new KeptOfPerson(store.changes()).jobs(ADA)).isEmpty();
    }

    private JobId begin(RevocationFilter filter, int expected) throws StoreUnavailableException {
        return begin(filter, expected, ROOT);
    }

    private JobId begin(RevocationFilter filter, int expected, Instant at) throws StoreUnavailableException {
        return begin(filter, expected, By.administrator("root", at));
    }

    private JobId begin(RevocationFilter filter, int expected, By by) throws StoreUnavailableException {
        if (jobs.begin(filter, expected, by) instanceof Begun(Job job)) {
            assertThat(job.state()).isEqualTo(JobState.QUEUED);
            return job.id();
        }
        throw new AssertionError("not begun");
    }

    /** All there is to do. */
    private void finish(String node) throws StoreUnavailableException {
        Optional<JobId> job = jobs.take(node);
        while (job.isPresent()) {
            boolean more = true;
            while (more) {
                more = jobs.step(job.get(), node);
            }
            job = jobs.take(node);
        }
    }

    private AppPasswordId issue(LoginName owner) throws StoreUnavailableException {
        AppPasswordId id = AppPasswordId.draw(RANDOM);
        store.credentials()
                .add(
                        SampleLogins.appPassword(
                                owner, id, SampleLogins.typed(SECRETS.draw(20)), SampleLogins.CHEAP_HASHER),
                        40,
                        ROOT);
        return id;
    }

    /** Since the people and their app passwords were there. */
    private List<AuditEntry> told() throws StoreUnavailableException {
        return store.trail().after(9, AuditFilter.ALL, 100);
    }
}
