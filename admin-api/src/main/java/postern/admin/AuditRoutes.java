package postern.admin;

import static postern.credentials.Permission.AUDIT_READ;
import static postern.web.Route.get;
import static postern.web.Route.post;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditFilter;
import postern.credentials.audit.AuditHistory;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.AuditVerification;
import postern.credentials.audit.AuditVerification.Result.Broken;
import postern.credentials.audit.AuditVerification.Result.Intact;
import postern.web.Call;
import postern.web.Page;
import postern.web.Reply;
import postern.web.Route;

/** What was decided and done, and the proof that nobody altered it. */
final class AuditRoutes {

    private static final String ALL = "/v1/audit-events";

    private final AuditHistory history;

    AuditRoutes(AuditHistory history) {
        this.history = history;
    }

    List<Route> all() {
        return List.of(
                get(ALL, AUDIT_READ, this::list)
                        .taking("subject", "actor", "app_password", "kind", "from", "until")
                        .inPages(),
                post(ALL + ":verify", AUDIT_READ, this::verify).onlyInEarnest());
    }

    /** Newest first. */
    private Reply list(Call call) throws StoreUnavailableException {
        AuditFilter filter = new AuditFilter(
                call.parameter("subject", LoginName::new),
                call.parameter("actor", Function.identity()),
                call.parameter("app_password", AppPasswordId::new),
                call.parameter("kind", AuditRoutes::kind).map(Set::of).orElse(Set.of()),
                time(call, "from"),
                time(call, "until"));
        Page page = Page.of(call);
        long before = page.after(Long::valueOf).orElse(Long.MAX_VALUE);
        return page.of(
                "audit_events",
                history.before(before, filter, page.limit()),
                entry -> Long.toString(entry.sequence()),
                AuditRoutes::json);
    }

    private static AuditKind kind(String text) {
        return AuditKind.named(text)
                .orElseThrow(() -> new IllegalArgumentException("kind: unknown (expected: as app_password.created)"));
    }

    static Optional<Instant> time(Call call, String parameter) {
        return call.parameter(parameter, text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException _) {
                throw new IllegalArgumentException(
                        parameter + ": not a time (expected: RFC 3339, as 2027-01-31T12:00:00Z)");
            }
        });
    }

    private Reply verify(Call call) throws StoreUnavailableException {
        var _ = call.body();
        return new Reply.Json(
                200,
                switch (new AuditVerification(history).run()) {
                    case Intact(long count, long first, long last, String digest) ->
                        Json.object()
                                .put("intact", true)
                                .put("events", count)
                                .put("first", first)
                                .put("last", last)
                                .put("digest", digest);
                    case Broken(long sequence, String what) ->
                        Json.object()
                                .put("intact", false)
                                .put("broken_at", sequence)
                                .put("what", what);
                });
    }

    private static ObjectNode json(AuditEntry entry) {
        ObjectNode json = Json.object();
        entry.fields().forEach(json::put);
        ObjectNode facts = json.putObject("facts");
        entry.facts().forEach(facts::put);
        return json;
    }
}
