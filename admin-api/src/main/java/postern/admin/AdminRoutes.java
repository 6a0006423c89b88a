package postern.admin;

import java.util.List;
import java.util.stream.Stream;
import postern.admin.Domain.Issuing;
import postern.admin.Domain.Opening;
import postern.admin.Domain.Watching;
import postern.web.Reply;
import postern.web.Route;

/** The list of what an administrator may do. */
final class AdminRoutes {

    private AdminRoutes() {}

    /** What those may ask for who have no token. The contract is no secret: it is the same everywhere. */
    static List<Route> open(Domain domain) {
        return List.of(
                Route.open(
                        "/consent/{upstream}", new ConsentPage(domain.opening().consents())::finish),
                Route.open("/v1/openapi.yaml", _ -> new Reply.Text(ApiDocument.TYPE, ApiDocument.yaml())),
                Route.open("/v1/openapi.html", _ -> new Reply.Page(200, "ok", ApiPage.html())),
                Route.openPost("/v1/api-tokens:report-leak", new ApiTokenRoutes(domain.tokens())::reportLeak));
    }

    static List<Route> of(Domain domain) {
        Domain.People who = domain.people();
        Issuing issuing = domain.issuing();
        Watching watching = domain.watching();
        Opening opening = domain.opening();
        People people = new People(who.accounts());
        return Stream.of(
                        new UserRoutes(who.accounts(), who.list(), people).all(),
                        new AppPasswordRoutes(
                                        people,
                                        issuing.credentials(),
                                        issuing.issuer(),
                                        issuing.changes(),
                                        watching.sessions())
                                .all(),
                        new PolicyRoutes(people, who.policies(), who.policy()).all(),
                        new SessionRoutes(people, watching.sessions(), watching.sessionEnds(), issuing.credentials())
                                .all(),
                        new HoldRoutes(people, watching.holds(), watching.familiarSources(), watching.reports()).all(),
                        new ReportRoutes(watching.reports(), issuing.list()).all(),
                        new AuditRoutes(watching.history()).all(),
                        new GrantRoutes(people, opening.vault(), opening.consents()).all(),
                        new ApiTokenRoutes(domain.tokens()).all(),
                        new JobRoutes(domain.jobs()).all(),
                        new HostRoutes(domain.host()).all())
                .flatMap(List::stream)
                .toList();
    }
}
