package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.admin.AnswerChecks.problem;
import static postern.admin.RunningAdmin.json;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Ticker;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Role;
import postern.credentials.SampleStore;
import postern.credentials.job.JobRunner;
import postern.credentials.store.SqlJobs;

/** Many app passwords revoked at once: counted, begun, done, each told of. */
class JobsTest {

    private static final String FILTER = "\"revoke_app_passwords\": {\"domain\": \"example.org\"}";

    private final SampleStore store = SampleStore.with(SCANNER);
    private final RunningAdmin admin = new RunningAdmin(store);

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void whatWasCountedIsRevokedAndEachIsToldOf() throws Exception {
        JsonNode counted = json(admin.post("/v1/jobs?validate_only=true", "{" + FILTER + "}"));
        assertThat(counted).hasToString("{\"app_passwords\":1,\"owners\":1}");
        assertThat(store.credentials().of(ADA)).containsExactly(SCANNER);

        HttpResponse<String> begun = admin.post("/v1/jobs", "{" + FILTER + ", \"expected\": 1}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        String job = begun.headers().firstValue("Location").orElseThrow();
        assertThat(json(admin.get(job)).path("state").textValue()).isEqualTo("queued");
        SqlJobs jobs = new SqlJobs(store.changes(), () -> MONDAY, new SecureRandom());
        try (JobRunner _ = JobRunner.start(jobs, "here", Duration.ofMillis(10), Ticker.systemTicker())) {
            await().untilAsserted(() ->
                    assertThat(json(admin.get(job)).path("state").textValue()).isEqualTo("done"));
        }

        assertThat(store.credentials().of(ADA)).isEmpty();
        JsonNode results = json(admin.get(job + "/results?page_size=1"));
        assertThat(results.path("results").path(0).path("outcome").textValue()).isEqualTo("revoked");
        assertThat(json(admin.get("/v1/jobs"))
                        .path("jobs")
                        .path(0)
                        .path("begun_by")
                        .textValue())
                .isEqualTo(RunningAdmin.TOKEN_ID.value());
    }

    @Test
    void whatHasChangedSinceItWasCountedIsNotBegun() throws Exception {
        JsonNode refused =
                problem(admin.post("/v1/jobs", "{" + FILTER + ", \"expected\": 2}"), 409, "job-not-as-expected");
        assertThat(refused.path("app_passwords").intValue()).isEqualTo(1);
        problem(admin.post("/v1/jobs", "{" + FILTER + "}"), 400, "malformed-request");
        problem(admin.post("/v1/jobs", "{\"revoke_app_passwords\": {}, \"expected\": 1}"), 400, "malformed-request");
        assertThat(json(admin.get("/v1/jobs")).path("jobs")).isEmpty();
    }

    @Test
    void whatIsStoppedBeforeItsTurnDoesNothing() throws Exception {
        String job = admin.post("/v1/jobs", "{" + FILTER + ", \"expected\": 1}")
                .headers()
                .firstValue("Location")
                .orElseThrow();

        assertThat(json(admin.post(job + ":cancel", "{}")).path("state").textValue())
                .isEqualTo("cancelled");
        assertThat(store.credentials().of(ADA)).containsExactly(SCANNER);
        problem(admin.post("/v1/jobs/job_0000000000000000:cancel", "{}"), 404, "job-not-found");
    }

    /** Else the help desk's superiors would be locked out by the dozen. */
    @Test
    void aJobLeavesThoseAboveWhoBeganIt() throws Exception {
        String administrator = admin.tokenOf(Role.ADMINISTRATOR);
        store.accounts().revise(ADA, ada -> ada.withRole(Optional.of(Role.OWNER)), ROOT);

        JsonNode theirs = json(admin.post(administrator, "/v1/jobs?validate_only=true", "{" + FILTER + "}"));
        assertThat(theirs.path("app_passwords").intValue()).isZero();
        problem(admin.post(administrator, "/v1/jobs", "{" + FILTER + ", \"expected\": 1}"), 409, "job-not-as-expected");
        JsonNode owners = json(admin.post("/v1/jobs?validate_only=true", "{" + FILTER + "}"));
        assertThat(owners.path("app_passwords").intValue()).isEqualTo(1);
    }
}
