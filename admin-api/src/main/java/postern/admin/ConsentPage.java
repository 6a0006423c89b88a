package postern.admin;

import java.util.concurrent.Semaphore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.consent.ComingBack;
import postern.credentials.consent.ConsentOutcome;
import postern.credentials.consent.ConsentOutcome.Kept;
import postern.credentials.consent.ConsentOutcome.NotKept;
import postern.credentials.consent.ConsentOutcome.Reason;
import postern.credentials.consent.Consents;
import postern.credentials.grant.Grant;
import postern.credentials.provider.ProviderWords;
import postern.web.Call;
import postern.web.Html;
import postern.web.Reply;

/**
 * Where a provider sends people back to. Nobody has to show a token: what they bring is worth something or
 * is not. It says what came of it, in words of ours alone: those of the address are anybody's.
 */
final class ConsentPage {

    /** Each may look into the store and wait for a provider; strangers must not take both for themselves. */
    private static final int AT_ONCE = 16;

    private final Consents consents;
    private final Semaphore places = new Semaphore(AT_ONCE);

    ConsentPage(Consents consents) {
        this.consents = consents;
    }

    Reply finish(Call call) {
        if (!places.tryAcquire()) {
            return busy("too many people are coming back at once");
        }
        try {
            return page(consents.finish(call.variable("upstream"), back(call), call.requestId()));
        } catch (StoreUnavailableException _) {
            return busy("the store gives no answer");
        } finally {
            places.release();
        }
    }

    private static ComingBack back(Call call) {
        return new ComingBack(
                call.parameter("state"),
                call.parameter("code"),
                call.parameter("iss"),
                call.parameter("error"),
                call.parameter("error_description"));
    }

    private static Reply page(ConsentOutcome outcome) {
        return switch (outcome) {
            case Kept(Grant grant) ->
                new Reply.Page(
                        200,
                        "ok",
                        html(
                                "Done",
                                "Postern may open the mailbox of " + grant.owner() + " from now on.",
                                "You can close this page. Mail programs log in with an app password, and never with the"
                                        + " password that you have just used."));
            case NotKept(Reason reason, ProviderWords why) ->
                new Reply.Page(
                        status(reason),
                        reason.toString(),
                        html(
                                "Nothing was changed",
                                "Because " + why.cause() + " (" + why.code() + ").",
                                "What helps: " + why.cure() + "."));
        };
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case NOT_ASKED, MIXED_UP, WRONG_MAILBOX, UNPROVEN, DECLINED -> 400;
            case NO_ANSWER, DOES_NOT_LAST -> 502;
        };
    }

    private static Reply busy(String why) {
        return new Reply.Page(
                503, "busy", html("Not now", "Because " + why + ".", "What helps: load this page again, in a minute."));
    }

    private static String html(String title, String what, String next) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%1$s</title></head>
                <body><main><h1>%1$s</h1><p>%2$s</p><p>%3$s</p></main></body>
                </html>
                """.formatted(Html.escaped(title), Html.escaped(what), Html.escaped(next));
    }
}
