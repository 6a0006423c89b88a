package postern.admin;

import static postern.credentials.Permission.JOBS_READ;
import static postern.credentials.Permission.JOBS_WRITE;
import static postern.web.Route.get;
import static postern.web.Route.post;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.job.Beginning;
import postern.credentials.job.Criterion;
import postern.credentials.job.Job;
import postern.credentials.job.JobId;
import postern.credentials.job.JobResult;
import postern.credentials.job.JobStore;
import postern.credentials.job.Preview;
import postern.credentials.job.RevocationFilter;
import postern.web.Call;
import postern.web.JsonBody;
import postern.web.Page;
import postern.web.Problem;
import postern.web.Refusal;
import postern.web.Reply;
import postern.web.Route;

/** Long work: look what it would be about, begin it, watch it, stop it. */
final class JobRoutes {

    private static final String ALL = "/v1/jobs";
    private static final String ONE = ALL + "/{id}";

    private final JobStore jobs;

    JobRoutes(JobStore jobs) {
        this.jobs = jobs;
    }

    List<Route> all() {
        return List.of(
                post(ALL, JOBS_WRITE, this::begin),
                get(ALL, JOBS_READ, this::list).inPages(),
                get(ONE, JOBS_READ, this::find),
                get(ONE + "/results", JOBS_READ, this::results).inPages(),
                post(ONE + ":cancel", JOBS_WRITE, this::cancel).onlyInEarnest());
    }

    /** What is only checked is the preview; its count is what the job has to be begun with. */
    private Reply begin(Call call) throws StoreUnavailableException {
        JsonBody body = call.body("revoke_app_passwords", "expected");
        RevocationFilter filter = filter(body).within(call.caller().role());
        if (call.validateOnly()) {
            return new Reply.Json(200, json(jobs.preview(filter)));
        }
        int expected = body.number("expected", 0, JobStore.MOST)
                .orElseThrow(() -> Refusal.malformed(
                        "expected: missing (expected: how many app passwords validate_only=true has counted)"));
        return switch (jobs.begin(filter, expected, call.by())) {
            case Beginning.Begun(Job job) -> new Reply.Begun(ALL + "/" + job.id(), json(job));
            case Beginning.Otherwise(Preview now) ->
                Problem.JOB_NOT_AS_EXPECTED
                        .because("expected: " + expected + " app passwords, there are " + now.appPasswords()
                                + " (expected: what validate_only=true counts now)")
                        .with("app_passwords", now.appPasswords());
            case Beginning.TooMany(int most) ->
                throw Refusal.malformed("filter: finds too many (expected: at most " + most + " in one job)");
        };
    }

    private static RevocationFilter filter(JsonBody body) {
        JsonBody filter = body.object(
                        "revoke_app_passwords",
                        "group",
                        "domain",
                        "unused_since",
                        "created_before",
                        "protocol",
                        "last_used_from",
                        "owners",
                        "ids")
                .orElseThrow(() -> Refusal.malformed("revoke_app_passwords: missing (expected: a filter)"));
        List<Criterion> all = new ArrayList<>();
        try {
            filter.optionalText("group").map(Criterion.InGroup::new).ifPresent(all::add);
            filter.optional("domain", Criterion.InDomain::new).ifPresent(all::add);
            filter.instant("unused_since").map(Criterion.UnusedSince::new).ifPresent(all::add);
            filter.instant("created_before").map(Criterion.CreatedBefore::new).ifPresent(all::add);
            filter.optional("protocol", Protocol::parse)
                    .map(Criterion.GoodFor::new)
                    .ifPresent(all::add);
            filter.optional("last_used_from", SourceNetwork::parse)
                    .map(Criterion.LastUsedFrom::new)
                    .ifPresent(all::add);
            listed(filter, "owners", LoginName::new)
                    .map(owners -> new Criterion.OfOwners(new HashSet<>(owners)))
                    .ifPresent(all::add);
            listed(filter, "ids", AppPasswordId::new)
                    .map(ids -> new Criterion.AnyOf(new HashSet<>(ids)))
                    .ifPresent(all::add);
            return new RevocationFilter(all);
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static <T> Optional<List<T>> listed(JsonBody filter, String property, Function<String, T> form) {
        return filter.list(property, Criterion.MOST_LISTED, form);
    }

    /** The latest first. */
    private Reply list(Call call) throws StoreUnavailableException {
        Page page = Page.of(call);
        Optional<JobId> before = page.after(JobId::new);
        return page.of("jobs", jobs.jobs(before, page.limit()), job -> job.id().value(), JobRoutes::json);
    }

    private Reply find(Call call) throws StoreUnavailableException {
        return new Reply.Json(200, json(job(call)));
    }

    private Reply results(Call call) throws StoreUnavailableException {
        Page page = Page.of(call);
        long after = page.after(Long::valueOf).orElse(0L);
        return page.of(
                "results",
                jobs.results(job(call).id(), after, page.limit()),
                result -> Long.toString(result.place()),
                JobRoutes::json);
    }

    private Reply cancel(Call call) throws StoreUnavailableException {
        var _ = call.body();
        Job job = jobs.cancel(job(call).id(), call.by()).orElseThrow(() -> new Refusal(notFound()));
        return new Reply.Json(200, json(job));
    }

    private Job job(Call call) throws StoreUnavailableException {
        JobId id = call.id("id", JobId::new).orElseThrow(() -> new Refusal(notFound()));
        return jobs.find(id).orElseThrow(() -> new Refusal(notFound()));
    }

    private static Reply.Refused notFound() {
        return Problem.JOB_NOT_FOUND.because("job: not one (expected: the id of one of the last thirty days)");
    }

    private static ObjectNode json(Preview preview) {
        return Json.object().put("app_passwords", preview.appPasswords()).put("owners", preview.owners());
    }

    private static ObjectNode json(Job job) {
        return Json.object()
                .put("id", job.id().value())
                .put("kind", "revoke_app_passwords")
                .put("state", job.state().toString())
                .put("total", job.total())
                .put("done", job.done())
                .put("failed", job.failed())
                .put("begun_by", job.begun().actor().name())
                .put("created_at", Json.time(job.begun().at()))
                .put("started_at", job.startedAt().map(Instant::toString).orElse(null))
                .put("ended_at", job.endedAt().map(Instant::toString).orElse(null));
    }

    private static ObjectNode json(JobResult result) {
        return Json.object()
                .put("login_name", result.owner().value())
                .put("app_password", result.appPassword().value())
                .put("outcome", result.outcome().toString());
    }
}
