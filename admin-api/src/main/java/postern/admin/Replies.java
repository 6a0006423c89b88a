package postern.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import postern.admin.Answer.AccountAdded;
import postern.admin.Answer.AccountExists;
import postern.admin.Answer.AccountFound;
import postern.admin.Answer.ConsentBegun;
import postern.admin.Answer.GrantsListed;
import postern.admin.Answer.Issued;
import postern.admin.Answer.LimitReached;
import postern.admin.Answer.Listed;
import postern.admin.Answer.NoSuchAccount;
import postern.admin.Answer.NoSuchAppPassword;
import postern.admin.Answer.NotAllowed;
import postern.admin.Answer.Revoked;
import postern.admin.Answer.Unfit;
import postern.credentials.Account;
import postern.credentials.LoginName;
import postern.credentials.consent.Beginning.Link;
import postern.credentials.grant.Grant;
import postern.credentials.issue.Issue.Why;

/** From what a desk answers to what is sent. */
final class Replies {

    private Replies() {}

    static Reply of(Answer answer) {
        return switch (answer) {
            case AccountAdded(Account account) -> new Reply.Created(pathOf(account.loginName()), json(account));
            case AccountFound(Account account) -> new Reply.Json(200, json(account));
            case AccountExists(LoginName name) ->
                Problem.USER_EXISTS.because("login_name: " + name + " (expected: one that is not taken)");
            case NoSuchAccount(LoginName name) ->
                Problem.USER_NOT_FOUND.because("user: " + name + " (expected: one that was added)");
            case Issued(LoginName owner, AppPasswordView made, String secret) ->
                new Reply.Created(
                        pathOf(owner) + "/app-passwords/" + made.id(),
                        json(made).put("secret", secret));
            case LimitReached(LoginName owner, int limit) ->
                Problem.APP_PASSWORD_LIMIT_REACHED
                        .because("app passwords: " + owner + " has " + limit + " (expected: fewer)")
                        .with("limit", limit);
            case NotAllowed(LoginName owner, Why why) ->
                (why == Why.SECOND_STEP_MISSING ? Problem.MFA_REQUIRED : Problem.APP_PASSWORDS_DISALLOWED)
                        .because("app passwords: none to be had by " + owner + ", " + why
                                + " (expected: an account and a policy that allow it)");
            case Unfit(String why) -> Problem.MALFORMED_REQUEST.because(why);
            case Listed(List<AppPasswordView> all) -> new Reply.Json(200, json(all));
            case GrantsListed(List<Grant> grants, Instant at) -> new Reply.Json(200, GrantJson.of(grants, at));
            case ConsentBegun(Link link) -> new Reply.Json(201, json(link)); // no Location: that one is logged
            case Revoked _ -> new Reply.Nothing();
            case NoSuchAppPassword(LoginName owner) ->
                Problem.APP_PASSWORD_NOT_FOUND.because(
                        "app password: not one of " + owner + " (expected: the id of one that is not revoked)");
        };
    }

    /** An at-sign may stand in a path as it is. */
    private static String pathOf(LoginName name) {
        return "/v1/users/"
                + URLEncoder.encode(name.value(), StandardCharsets.UTF_8).replace("%40", "@");
    }

    private static ObjectNode json(Account account) {
        return JsonBody.object()
                .put("login_name", account.loginName().value())
                .put("created_at", account.createdAt().toString());
    }

    private static ObjectNode json(Link link) {
        return JsonBody.object()
                .put("mailbox", link.owner().value())
                .put("url", link.page().toString())
                .put("expires_at", link.endsAt().toString());
    }

    private static ObjectNode json(AppPasswordView one) {
        return JsonBody.object()
                .put("id", one.id().value())
                .put("name", one.name())
                .put("created_at", one.createdAt().toString())
                .put("expires_at", one.expiresAt().map(Instant::toString).orElse(null));
    }

    private static ObjectNode json(List<AppPasswordView> all) {
        ObjectNode body = JsonBody.object();
        ArrayNode list = body.putArray("app_passwords");
        all.forEach(one -> list.add(json(one)));
        return body;
    }
}
