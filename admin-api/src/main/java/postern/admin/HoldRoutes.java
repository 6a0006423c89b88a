package postern.admin;

import static postern.credentials.Permission.HOLDS_CLEAR;
import static postern.credentials.Permission.HOLDS_READ;
import static postern.web.Route.delete;
import static postern.web.Route.get;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import postern.credentials.FamiliarSourceStore;
import postern.credentials.Held;
import postern.credentials.HoldKind;
import postern.credentials.HoldStore;
import postern.credentials.LoginName;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.report.Reports;
import postern.credentials.report.Reports.Familiar;
import postern.credentials.report.Reports.Place;
import postern.web.Call;
import postern.web.Page;
import postern.web.Reply;
import postern.web.Route;

/** Who is not believed for a while, and where whom is at home. */
final class HoldRoutes {

    private static final String FAMILIAR = "/v1/users/{login}/familiar-sources";

    private final People people;
    private final HoldStore holds;
    private final FamiliarSourceStore familiar;
    private final Reports reports;

    HoldRoutes(People people, HoldStore holds, FamiliarSourceStore familiar, Reports reports) {
        this.people = people;
        this.holds = holds;
        this.familiar = familiar;
        this.reports = reports;
    }

    List<Route> all() {
        return List.of(
                get("/v1/holds", HOLDS_READ, this::list).taking("kind").inPages(),
                delete("/v1/holds/names/{login}", HOLDS_CLEAR, this::clearName),
                delete("/v1/holds/sources/{network}", HOLDS_CLEAR, this::clearSource),
                get(FAMILIAR, HOLDS_READ, this::listFamiliar).inPages(),
                delete(FAMILIAR, HOLDS_CLEAR, this::clearFamiliar));
    }

    private Reply list(Call call) throws StoreUnavailableException {
        Optional<HoldKind> kind = call.parameter("kind", ScopeJson.word("kind", HoldKind.values()));
        Page page = Page.of(call);
        return page.of(
                "holds",
                reports.holds(kind, page.afterBoth(Place::new), page.limit(), call.at()),
                hold -> hold.held().kind() + " " + hold.held().subject(),
                HoldRoutes::json);
    }

    /** Also of a name that is nobody's: strangers try those, too. */
    private Reply clearName(Call call) throws StoreUnavailableException {
        LoginName name = people.nameToActOn(call);
        var _ = holds.clear(Held.name(name), call.by());
        return new Reply.Nothing();
    }

    private Reply clearSource(Call call) throws StoreUnavailableException {
        var _ = holds.clear(Held.source(call.read("network", SourceNetwork::parse)), call.by());
        return new Reply.Nothing();
    }

    private Reply listFamiliar(Call call) throws StoreUnavailableException {
        Page page = Page.of(call);
        return page.of(
                "familiar_sources",
                reports.familiarSources(people.of(call).loginName(), page.after(), page.limit()),
                one -> one.network().toString(),
                HoldRoutes::json);
    }

    private Reply clearFamiliar(Call call) throws StoreUnavailableException {
        int cleared = familiar.clear(people.toActOn(call).loginName(), call.by());
        return new Reply.Json(200, Json.object().put("cleared", cleared));
    }

    private static ObjectNode json(SharedHold hold) {
        return Json.object()
                .put("kind", hold.held().kind().toString())
                .put("subject", hold.held().subject())
                .put("times", hold.times())
                .put("until", Json.time(hold.until()));
    }

    private static ObjectNode json(Familiar one) {
        return Json.object().put("network", one.network().toString()).put("seen_at", Json.time(one.seenAt()));
    }
}
