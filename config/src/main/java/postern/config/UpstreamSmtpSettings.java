package postern.config;

import java.util.List;

/**
 * Where an upstream takes submissions.
 *
 * @param extensions keywords that it answers EHLO with, and that clients may be told before they are logged in
 */
public record UpstreamSmtpSettings(UpstreamDoorSettings door, List<String> extensions) {

    private static final String KEYWORDS = "([A-Z0-9][A-Z0-9-]*( [A-Z0-9][A-Z0-9-]*)*)?";

    static UpstreamSmtpSettings from(Section in, Section upstream) {
        String extensions =
                in.text("extensions", "keywords in capitals, a space between two", text -> text.matches(KEYWORDS));
        return new UpstreamSmtpSettings(
                UpstreamDoorSettings.from(in, upstream),
                extensions.isEmpty() ? List.of() : List.of(extensions.split(" ", -1)));
    }
}
