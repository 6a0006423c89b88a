package postern.admin;

import static postern.credentials.Permission.ROLES_WRITE;
import static postern.credentials.Permission.USERS_ERASE;
import static postern.credentials.Permission.USERS_READ;
import static postern.credentials.Permission.USERS_WRITE;
import static postern.web.Route.delete;
import static postern.web.Route.get;
import static postern.web.Route.patch;
import static postern.web.Route.post;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import postern.credentials.Account;
import postern.credentials.AccountStore;
import postern.credentials.AccountStore.AliasAddition;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.report.AccountFilter;
import postern.credentials.report.Accounts;
import postern.web.Call;
import postern.web.Etag;
import postern.web.JsonBody;
import postern.web.Page;
import postern.web.Problem;
import postern.web.Refusal;
import postern.web.Reply;
import postern.web.Revision;
import postern.web.Route;

/** Who may have app passwords: people, and devices that nobody stands behind. */
final class UserRoutes {

    private final AccountStore accounts;
    private final Accounts list;
    private final People people;

    UserRoutes(AccountStore accounts, Accounts list, People people) {
        this.accounts = accounts;
        this.list = list;
        this.people = people;
    }

    List<Route> all() {
        return List.of(
                post("/v1/users", USERS_WRITE, this::add),
                get("/v1/users", USERS_READ, this::list)
                        .taking("q", "enabled", "kind", "group", "role")
                        .inPages(),
                get("/v1/users/{login}", USERS_READ, call -> told(people.of(call))),
                patch("/v1/users/{login}", USERS_WRITE, this::revise),
                delete("/v1/users/{login}", USERS_ERASE, this::erase),
                post("/v1/users/{login}/aliases", USERS_WRITE, this::addAlias),
                delete("/v1/users/{login}/aliases/{alias}", USERS_WRITE, this::removeAlias));
    }

    private Reply add(Call call) throws StoreUnavailableException {
        Account account = UserJson.added(call);
        LoginName name = account.loginName();
        boolean added = call.validateOnly() ? accounts.account(name).isEmpty() : accounts.add(account, call.by());
        if (!added) {
            throw new Refusal(
                    Problem.USER_EXISTS.because("login_name: " + name + " (expected: one that is not taken)"));
        }
        return call.validateOnly()
                ? new Reply.Json(200, UserJson.of(account))
                : new Reply.Created(pathOf(name), UserJson.of(account));
    }

    private Reply list(Call call) throws StoreUnavailableException {
        AccountFilter filter = new AccountFilter(
                call.parameter("q", Function.identity()),
                call.flag("enabled"),
                call.parameter("kind", UserJson::isDevice),
                call.parameter("group", Function.identity()),
                call.parameter("role", UserJson::role));
        Page page = Page.of(call);
        return page.of(
                "users",
                list.page(filter, page.after(), page.limit()),
                account -> account.loginName().value(),
                UserJson::of);
    }

    private Reply revise(Call call) throws StoreUnavailableException {
        JsonBody body = UserJson.changes(call);
        if (body.names("role") && !call.caller().may(ROLES_WRITE)) {
            throw new Refusal(Problem.FORBIDDEN.because(
                    "permission: " + ROLES_WRITE + " is missing (expected: a token with it)"));
        }
        Account account = people.toActOn(call);
        Optional<Account> after = accounts.revise(
                account.loginName(), new Revision<>(call, UserJson::of).of(UserJson.change(body)), call.by());
        return told(after.orElseThrow(() -> new Refusal(People.notFound(account.loginName()))));
    }

    /** All of it, for good: so the caller has seen what. */
    private Reply erase(Call call) throws StoreUnavailableException {
        Account account = people.toActOn(call);
        Etag.requireSeen(call, UserJson.of(account));
        if (!accounts.erase(account.loginName(), call.by())) {
            throw new Refusal(People.notFound(account.loginName()));
        }
        return new Reply.Nothing();
    }

    private Reply addAlias(Call call) throws StoreUnavailableException {
        LoginName alias = call.body("alias").required("alias", LoginName::new);
        Account account = people.toActOn(call);
        AliasAddition came = call.validateOnly()
                ? accounts.account(alias).isEmpty() ? AliasAddition.ADDED : AliasAddition.TAKEN
                : accounts.addAlias(account.loginName(), alias, call.by());
        return switch (came) {
            case ADDED -> call.validateOnly() ? new Reply.Json(200, aliasJson(alias)) : made(account, alias);
            case NO_SUCH_ACCOUNT -> People.notFound(account.loginName());
            case TAKEN -> Problem.USER_EXISTS.because("alias: " + alias + " (expected: one that is not taken)");
        };
    }

    private static Reply made(Account account, LoginName alias) {
        return new Reply.Created(pathOf(account.loginName()) + "/aliases/" + encoded(alias), aliasJson(alias));
    }

    private Reply removeAlias(Call call) throws StoreUnavailableException {
        Account account = people.toActOn(call);
        LoginName alias = call.read("alias", LoginName::new);
        return accounts.removeAlias(account.loginName(), alias, call.by())
                ? new Reply.Nothing()
                : Problem.ALIAS_NOT_FOUND.because("alias: not one of " + account.loginName() + " (expected: one)");
    }

    private Reply told(Account account) throws StoreUnavailableException {
        ObjectNode more = Json.object();
        more.set("aliases", Json.sorted(accounts.aliases(account.loginName())));
        return new Reply.Thing(UserJson.of(account), more);
    }

    /** An at-sign may stand in a path as it is. */
    static String pathOf(LoginName name) {
        return "/v1/users/" + encoded(name);
    }

    private static String encoded(LoginName name) {
        return URLEncoder.encode(name.value(), StandardCharsets.UTF_8).replace("%40", "@");
    }

    private static ObjectNode aliasJson(LoginName alias) {
        return Json.object().put("alias", alias.value());
    }
}
