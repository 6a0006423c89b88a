package postern.admin;

import static postern.credentials.Permission.GRANTS_READ;
import static postern.credentials.Permission.GRANTS_RENEW;
import static postern.credentials.Permission.GRANTS_REVOKE;
import static postern.web.Route.delete;
import static postern.web.Route.get;
import static postern.web.Route.post;

import java.util.List;
import java.util.Optional;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.consent.Beginning.Link;
import postern.credentials.consent.Beginning.NotPossible;
import postern.credentials.consent.Consents;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.GrantVault.Place;
import postern.web.Call;
import postern.web.Page;
import postern.web.Problem;
import postern.web.Refusal;
import postern.web.Reply;
import postern.web.Reply.Created.Secret;
import postern.web.Route;

/** What opens a person's mailbox upstream: how it stands with it, and asking them for more. */
final class GrantRoutes {

    private final People people;
    private final GrantVault vault;
    private final Consents consents;

    GrantRoutes(People people, GrantVault vault, Consents consents) {
        this.people = people;
        this.vault = vault;
        this.consents = consents;
    }

    List<Route> all() {
        return List.of(
                get("/v1/grants", GRANTS_READ, this::all).inPages(),
                get("/v1/users/{login}/grants", GRANTS_READ, this::list),
                delete("/v1/users/{login}/grants/{upstream}", GRANTS_REVOKE, this::revoke),
                post("/v1/users/{login}/consents", GRANTS_RENEW, this::ask).onlyInEarnest());
    }

    private Reply all(Call call) throws StoreUnavailableException {
        Page page = Page.of(call);
        return page.of(
                "grants",
                vault.page(page.afterBoth(Place::new), page.limit()),
                grant -> grant.owner().value() + " " + grant.upstream(),
                grant -> GrantJson.of(grant, call.at()));
    }

    /** Here. At the provider it goes on until it is ended there, too. */
    private Reply revoke(Call call) throws StoreUnavailableException {
        LoginName mailbox = people.toActOn(call).mailbox();
        return vault.revoke(mailbox, call.variable("upstream"), call.by())
                ? new Reply.Nothing()
                : Problem.GRANT_NOT_FOUND.because(
                        "upstream: none of this mailbox (expected: one that it has a grant at)");
    }

    private Reply list(Call call) throws StoreUnavailableException {
        return new Reply.Json(200, GrantJson.of(vault.of(people.of(call).mailbox()), call.at()));
    }

    /** Makes a link that they, and nobody else, can use; in place of the one before. */
    private Reply ask(Call call) throws StoreUnavailableException {
        String upstream = call.body("upstream").text("upstream");
        return switch (consents.begin(people.toActOn(call).mailbox(), upstream, call.by())) {
            case Link link ->
                new Reply.Created(
                        Optional.empty(),
                        GrantJson.of(link),
                        Optional.of(new Secret("url", link.page().toString())));
            case NotPossible(String why) -> throw Refusal.malformed(why);
        };
    }
}
