package postern.admin;

import static postern.credentials.Permission.APP_PASSWORDS_ISSUE;
import static postern.credentials.Permission.APP_PASSWORDS_READ;
import static postern.credentials.Permission.APP_PASSWORDS_REVOKE;
import static postern.credentials.Permission.APP_PASSWORDS_WRITE;
import static postern.web.Route.delete;
import static postern.web.Route.get;
import static postern.web.Route.patch;
import static postern.web.Route.post;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.CredentialStore;
import postern.credentials.LastUse;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.board.SessionFilter;
import postern.credentials.board.Sessions;
import postern.credentials.issue.AppPasswordChanges;
import postern.credentials.issue.AppPasswordIssuer;
import postern.credentials.issue.Issue;
import postern.credentials.issue.Issue.Why;
import postern.credentials.issue.Order;
import postern.web.Call;
import postern.web.JsonBody;
import postern.web.Problem;
import postern.web.Refusal;
import postern.web.Reply;
import postern.web.Reply.Created.Secret;
import postern.web.Revision;
import postern.web.Route;

/** The app passwords of one user. */
final class AppPasswordRoutes {

    private static final String ALL = "/v1/users/{login}/app-passwords";
    private static final String ONE = ALL + "/{id}";

    private final People people;
    private final CredentialStore store;
    private final AppPasswordIssuer issuer;
    private final AppPasswordChanges changes;
    private final Sessions sessions;

    AppPasswordRoutes(
            People people,
            CredentialStore store,
            AppPasswordIssuer issuer,
            AppPasswordChanges changes,
            Sessions sessions) {
        this.people = people;
        this.store = store;
        this.issuer = issuer;
        this.changes = changes;
        this.sessions = sessions;
    }

    List<Route> all() {
        return List.of(
                post(ALL, APP_PASSWORDS_ISSUE, this::issue),
                get(ALL, APP_PASSWORDS_READ, this::list),
                post(ALL + ":revoke-all", APP_PASSWORDS_REVOKE, this::revokeAll),
                get(ONE, APP_PASSWORDS_READ, this::find),
                patch(ONE, APP_PASSWORDS_WRITE, this::revise),
                delete(ONE, APP_PASSWORDS_REVOKE, this::revoke));
    }

    private Reply issue(Call call) throws StoreUnavailableException {
        Order order = ScopeJson.order(people.toActOn(call).loginName(), call);
        try {
            if (call.validateOnly()) {
                Optional<Issue> obstacle = issuer.check(order, call.by());
                return obstacle.isPresent() ? told(order.owner(), obstacle.get()) : new Reply.Nothing();
            }
            return told(order.owner(), issuer.issue(order, call.by()));
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Reply told(LoginName owner, Issue issue) {
        return switch (issue) {
            case Issue.Made(AppPassword made, String secret) ->
                new Reply.Created(
                        Optional.of(UserRoutes.pathOf(owner) + "/app-passwords/" + made.id()),
                        json(made),
                        Optional.of(new Secret("secret", secret)));
            case Issue.NoSuchAccount(LoginName name) -> People.notFound(name);
            case Issue.LimitReached(int limit) ->
                Problem.APP_PASSWORD_LIMIT_REACHED
                        .because("app passwords: " + owner + " has " + limit + " (expected: fewer)")
                        .with("limit", limit);
            case Issue.Refused(Why why) ->
                (why == Why.SECOND_STEP_MISSING ? Problem.MFA_REQUIRED : Problem.APP_PASSWORDS_DISALLOWED)
                        .because("app passwords: none to be had by " + owner + ", " + why
                                + " (expected: an account and a policy that allow it)");
        };
    }

    /** All: policy has a bound on how many there are. */
    private Reply list(Call call) throws StoreUnavailableException {
        LoginName owner = people.of(call).loginName();
        Map<AppPasswordId, LastUse> uses = store.lastUses(owner);
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("app_passwords");
        for (AppPassword one : store.of(owner)) {
            list.add(json(one).setAll(lastUse(Optional.ofNullable(uses.get(one.id())))));
        }
        return new Reply.Json(200, body);
    }

    private Reply find(Call call) throws StoreUnavailableException {
        LoginName owner = people.of(call).loginName();
        Optional<AppPasswordId> id = call.id("id", AppPasswordId::new);
        for (AppPassword one : store.of(owner)) {
            if (id.filter(one.id()::equals).isPresent()) {
                return new Reply.Thing(json(one), lastUse(owner, one.id()));
            }
        }
        return notFound(owner);
    }

    private Reply revise(Call call) throws StoreUnavailableException {
        JsonBody body = ScopeJson.changes(call);
        LoginName owner = people.toActOn(call).loginName();
        AppPasswordId id = id(call, owner);
        UnaryOperator<AppPassword> change = ScopeJson.change(body, call.at());
        AppPassword after = revised(call, owner, id, change).orElseThrow(() -> new Refusal(notFound(owner)));
        return new Reply.Thing(json(after), lastUse(owner, after.id()));
    }

    /** Policy may have more to say than the app password itself has. */
    private Optional<AppPassword> revised(
            Call call, LoginName owner, AppPasswordId id, UnaryOperator<AppPassword> change)
            throws StoreUnavailableException {
        try {
            return changes.revise(owner, id, new Revision<>(call, AppPasswordRoutes::json).of(change), call.by());
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** Returns when the revocation is in force. */
    private Reply revoke(Call call) throws StoreUnavailableException {
        LoginName owner = people.toActOn(call).loginName();
        return store.revoke(owner, id(call, owner), call.by()) ? new Reply.Nothing() : notFound(owner);
    }

    private Reply revokeAll(Call call) throws StoreUnavailableException {
        var _ = call.body();
        LoginName owner = people.toActOn(call).loginName();
        long onTheLine = sessions.count(SessionFilter.ALL.withName(owner), call.at());
        int revoked = call.validateOnly() ? store.of(owner).size() : store.revokeAll(owner, call.by());
        return new Reply.Json(200, Json.object().put("revoked", revoked).put("sessions_ended", onTheLine));
    }

    private static AppPasswordId id(Call call, LoginName owner) {
        return call.id("id", AppPasswordId::new).orElseThrow(() -> new Refusal(notFound(owner)));
    }

    private static Reply.Refused notFound(LoginName owner) {
        return Problem.APP_PASSWORD_NOT_FOUND.because(
                "app password: not one of " + owner + " (expected: the id of one that is not revoked)");
    }

    /** Nothing that helps to guess one. */
    static ObjectNode json(AppPassword one) {
        ObjectNode json = Json.object()
                .put("id", one.id().value())
                .put("name", one.name())
                .put("suspended", one.suspended())
                .put("imported", one.proof().findableBy().isEmpty())
                .put("created_at", Json.time(one.createdAt()));
        return json.setAll(ScopeJson.of(one.scope()));
    }

    private ObjectNode lastUse(LoginName owner, AppPasswordId id) throws StoreUnavailableException {
        return lastUse(Optional.ofNullable(store.lastUses(owner).get(id)));
    }

    static ObjectNode lastUse(Optional<LastUse> last) {
        ObjectNode more = Json.object();
        if (last.isEmpty()) {
            return more.putNull("last_use");
        }
        LastUse use = last.get();
        more.putObject("last_use")
                .put("at", Json.time(use.at()))
                .put("protocol", use.protocol().toString())
                .put("client", use.client().map(InetAddress::getHostAddress).orElse(null))
                .put("device", use.device().orElse(null));
        return more;
    }
}
