package postern.proxy.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What providers mean by the texts behind their answers, where the code in front says too little or
 * the wrong thing. Each as it was seen; in small letters.
 */
public final class ProviderWords {

    private static final List<Map.Entry<String, UpstreamFailure>> MEANINGS = List.of(
            // Microsoft 365, by IMAP and POP3, to the first command after an OK.
            Map.entry("authenticated but not connected", UpstreamFailure.NOT_CONNECTED),
            // Microsoft 365, by IMAP.
            Map.entry("request is throttled", UpstreamFailure.THROTTLED),
            // Microsoft 365, by SMTP: for the mailbox, for the organisation, and for passwords altogether.
            Map.entry("smtpclientauthentication is disabled", UpstreamFailure.SUBMISSION_DISABLED),
            Map.entry("5.7.139 ", UpstreamFailure.SUBMISSION_DISABLED),
            Map.entry("5.7.30 ", UpstreamFailure.SUBMISSION_DISABLED),
            // Microsoft's high volume service, of a token with less than ten minutes to live.
            Map.entry("5.5.127 ", UpstreamFailure.NO_TOKEN),
            // Microsoft 365, of the fourth submission of a mailbox.
            Map.entry("concurrent connections limit exceeded", UpstreamFailure.BUSY),
            // Google, of the sixteenth IMAP session of a mailbox.
            Map.entry("too many simultaneous connections", UpstreamFailure.BUSY),
            // Dovecot, of more than mail_max_userip_connections.
            Map.entry("maximum number of connections", UpstreamFailure.BUSY));

    private static final Pattern PAUSE = Pattern.compile("suggested backoff time: (\\d{1,9}) milliseconds");

    /** Where it does not say for how long. */
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(30);

    /** However long it says: it may be a slip of theirs. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private ProviderWords() {}

    public static Optional<UpstreamFailure> meaningOf(String line) {
        String said = line.toLowerCase(Locale.ROOT) + " ";
        return MEANINGS.stream()
                .filter(meaning -> said.contains(meaning.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** For how long who said so wants to be left alone. */
    public static Duration pauseIn(String line) {
        Matcher pause = PAUSE.matcher(line.toLowerCase(Locale.ROOT));
        Duration said = pause.find() ? Duration.ofMillis(Long.parseLong(pause.group(1))) : USUAL_PAUSE;
        return said.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : said;
    }
}
