package postern.admin;

import static postern.credentials.Permission.TOKENS_READ;
import static postern.credentials.Permission.TOKENS_WRITE;
import static postern.web.Route.delete;
import static postern.web.Route.get;
import static postern.web.Route.post;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import postern.credentials.Actor;
import postern.credentials.ApiTokenId;
import postern.credentials.By;
import postern.credentials.Permission;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokenRecord;
import postern.credentials.administration.ApiTokens;
import postern.credentials.administration.TokenIssue;
import postern.credentials.administration.TokenOrder;
import postern.credentials.administration.TokenUse;
import postern.web.Call;
import postern.web.JsonBody;
import postern.web.Page;
import postern.web.Problem;
import postern.web.Refusal;
import postern.web.Reply;
import postern.web.Reply.Created.Secret;
import postern.web.Route;

/** What programs and administrators show to be let in here. */
final class ApiTokenRoutes {

    private static final String ALL = "/v1/api-tokens";
    private static final String ONE = ALL + "/{id}";
    private static final int MOST_LISTED = 40;

    private final ApiTokens tokens;

    ApiTokenRoutes(ApiTokens tokens) {
        this.tokens = tokens;
    }

    List<Route> all() {
        return List.of(
                post(ALL, TOKENS_WRITE, this::issue).onlyInEarnest(),
                get(ALL, TOKENS_READ, this::list).inPages(),
                get(ONE, TOKENS_READ, this::find),
                post(ONE + ":rotate", TOKENS_WRITE, this::rotate).onlyInEarnest(),
                delete(ONE, TOKENS_WRITE, this::revoke));
    }

    private Reply issue(Call call) throws StoreUnavailableException {
        JsonBody body = call.body("name", "role", "scopes", "networks", "expires_at");
        try {
            TokenOrder order = new TokenOrder(
                    body.text("name"),
                    body.required("role", UserJson::role),
                    body.list("scopes", Permission.values().length, ApiTokenRoutes::permission)
                            .map(ApiTokenRoutes::set),
                    body.list("networks", MOST_LISTED, SourceNetwork::parse).orElse(List.of()),
                    body.instant("expires_at"));
            return told(call, tokens.issue(order, call.caller(), call.by()));
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Permission permission(String text) {
        return Permission.named(text)
                .orElseThrow(() -> new IllegalArgumentException("scopes: unknown (expected: as app_passwords:revoke)"));
    }

    private static Set<Permission> set(List<Permission> all) {
        return all.isEmpty() ? Set.of() : EnumSet.copyOf(all);
    }

    private Reply rotate(Call call) throws StoreUnavailableException {
        Duration overlap = call.body("overlap")
                .optional("overlap", ApiTokenRoutes::overlap)
                .orElse(Duration.ZERO);
        try {
            return told(call, tokens.rotate(id(call), overlap, call.caller(), call.by()));
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Duration overlap(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException _) {
            throw new IllegalArgumentException("overlap: no time of that kind (expected: ISO 8601, as PT24H)");
        }
    }

    private static Reply told(Call call, TokenIssue issue) {
        return switch (issue) {
            case TokenIssue.Made made ->
                new Reply.Created(
                        Optional.of(ALL + "/" + made.made().id()),
                        json(made.made(), call.at()),
                        Optional.of(new Secret("secret", made.token().reveal())));
            case TokenIssue.Refused(TokenIssue.Why why) ->
                Problem.FORBIDDEN.because("api token: " + why + " (expected: no more than the caller may do)");
            case TokenIssue.NoSuchToken _ -> notFound();
            case TokenIssue.NotToBeRotated _ ->
                Problem.API_TOKEN_NOT_TO_BE_ROTATED.because(
                        "api token: rotated, expired or revoked (expected: one that works, or would)");
        };
    }

    private Reply list(Call call) throws StoreUnavailableException {
        Page page = Page.of(call);
        Optional<ApiTokenId> after = page.after(ApiTokenId::new);
        return page.of(
                "api_tokens", tokens.after(after, page.limit()), one -> one.id().value(), one -> json(one, call.at()));
    }

    private Reply find(Call call) throws StoreUnavailableException {
        return tokens.get(id(call))
                .<Reply>map(one -> new Reply.Thing(json(one, call.at()), lastUse(one)))
                .orElseGet(ApiTokenRoutes::notFound);
    }

    private Reply revoke(Call call) throws StoreUnavailableException {
        return tokens.revoke(id(call), call.by()) ? new Reply.Nothing() : notFound();
    }

    private static ApiTokenId id(Call call) {
        return call.id("id", ApiTokenId::new).orElseThrow(() -> new Refusal(notFound()));
    }

    private static Reply.Refused notFound() {
        return Problem.API_TOKEN_NOT_FOUND.because("api token: not one (expected: the id of one, as tok_…)");
    }

    private static ObjectNode json(ApiTokenRecord one, Instant now) {
        ObjectNode json = Json.object()
                .put("id", one.id().value())
                .put("name", one.name())
                .put("role", one.role().toString())
                .put("state", one.state(now).toString());
        json.set("scopes", Json.sorted(one.permissions()));
        json.set("networks", Json.list(one.networks()));
        return json.put("created_at", Json.time(one.createdAt()))
                .put("created_by", one.createdBy().map(by -> by.name()).orElse(null))
                .put("expires_at", Json.time(one.expiresAt()))
                .put("revoked_at", Json.text(one.revokedAt()))
                .put("rotated_to", Json.text(one.rotatedTo()));
    }

    private static ObjectNode lastUse(ApiTokenRecord one) {
        ObjectNode more = Json.object();
        if (one.lastUse().isEmpty()) {
            return more.putNull("last_use");
        }
        TokenUse use = one.lastUse().get();
        more.putObject("last_use")
                .put("at", Json.time(use.at()))
                .put(
                        "client",
                        use.client().map(client -> client.getHostAddress()).orElse(null));
        return more;
    }

    /** Whoever finds one somewhere puts an end to it by showing it, and hears nothing of it. */
    Reply reportLeak(Call call) throws StoreUnavailableException {
        By by = new By(Actor.system("leak report"), Optional.of(call.requestId()), call.at());
        tokens.leaked(call.body("token").text("token"), by);
        return new Reply.Nothing();
    }
}
