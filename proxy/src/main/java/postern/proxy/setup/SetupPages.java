package postern.proxy.setup;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a person reads: what has happened, and what helps. No word in them is a stranger's. */
final class SetupPages {

    /** In seconds: for a store or a queue to come to its senses. */
    private static final String LATER = "30";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private SetupPages() {}

    /** @param link of ours alone: nothing in it needs to be escaped */
    static SetupReply made(String link, Instant endsAt) {
        String way = "<a href=\"" + link + "\">Set this device up</a>";
        return page(
                        201,
                        "The profile is ready",
                        way + ": open this on the device itself. It works once, until " + TIME.format(endsAt) + ".",
                        "The app password is in the profile: keep it for yourself, and delete the file when it is installed.")
                .with("Location", link);
    }

    static SetupReply noSuchDomain() {
        return page(
                404,
                "Nothing is known of this address",
                "There is no set-up for its domain here.",
                "Look whether the address is right, or ask who runs your mail.");
    }

    static SetupReply notOffered() {
        return page(
                404,
                "There is no such profile",
                "What it was asked to be for is not offered for this domain.",
                "kind is mail or activesync; ask who runs your mail which of them there is.");
    }

    static SetupReply noForm() {
        return page(
                400,
                "Something is missing",
                "The form has to have address, app_password and kind, each once, as they were shown to you.",
                "Copy the app password again.");
    }

    static SetupReply otherMediaType() {
        return page(
                415,
                "This is no form",
                "It has to come as application/x-www-form-urlencoded.",
                "Use the page on which you got the app password.");
    }

    /** In the same words whatever the reason is. */
    static SetupReply refused() {
        return page(
                403,
                "This app password was not accepted",
                "It does not go with this address, or must not be used for this.",
                "Copy it again from where it was shown to you, or make a new one. It is not the password of your account.");
    }

    static SetupReply later() {
        return page(
                        503,
                        "Not now",
                        "Nobody can say at the moment whether the app password is right.",
                        "Try again in a minute; nothing was changed.")
                .with("Retry-After", LATER);
    }

    static SetupReply usedUp() {
        return page(
                404,
                "This link leads nowhere any more",
                "It was used before, is too old, or its app password was deleted.",
                "Make another one where you made this one.");
    }

    private static SetupReply page(int status, String title, String what, String next) {
        return SetupReply.page(status, """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%1$s</title></head>
                <body><main><h1>%1$s</h1><p>%2$s</p><p>%3$s</p></main></body>
                </html>
                """.formatted(title, what, next));
    }
}
