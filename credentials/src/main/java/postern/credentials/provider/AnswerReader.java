package postern.credentials.provider;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import net.minidev.json.JSONObject;
import org.jspecify.annotations.Nullable;
import postern.credentials.grant.GrantSecret;
import postern.credentials.provider.TokenAnswer.Given;
import postern.credentials.provider.TokenAnswer.Later;
import postern.credentials.provider.TokenAnswer.Misconfigured;
import postern.credentials.provider.TokenAnswer.Refused;

/** From what came back over HTTP to a {@link TokenAnswer}. */
final class AnswerReader {

    /** RFC 6749 lets a provider leave it out; so long any token lasts. */
    private static final Duration UNSAID = Duration.ofMinutes(5);

    private static final Duration LONGEST_LIFE = Duration.ofDays(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int ERRORS = 400;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int THEIR_ERRORS = 500;

    private final InstantSource clock;

    AnswerReader(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param sent secrets, which are struck from what it says
     */
    TokenAnswer read(HTTPResponse answer, List<String> sent) {
        int status = answer.getStatusCode();
        if (status == OK) {
            return given(answer);
        }
        if (status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT || status >= THEIR_ERRORS) {
            return new Later(
                    retryAfter(answer),
                    true,
                    new ProviderWords(
                            "HTTP " + status,
                            "",
                            status == TOO_MANY_REQUESTS ? "it is asked too often" : "it has trouble of its own",
                            "nothing; it is asked again later"));
        }
        if (status < ERRORS) {
            return new Misconfigured(new ProviderWords(
                    "HTTP " + status,
                    "",
                    status < REDIRECTS
                            ? "it answers what no token endpoint does"
                            : "it sends us elsewhere, and no secret goes there",
                    "check token-endpoint"));
        }
        return error(answer, sent);
    }

    /** Nothing came, or nothing whole. */
    static TokenAnswer nothing(IOException why) {
        String seen = why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
        return new Later(
                Optional.empty(),
                false,
                new ProviderWords(
                        "unreachable",
                        seen,
                        "it gives no whole answer in time",
                        "check that this machine reaches token-endpoint, and trusts its certificate (ca-file)"));
    }

    private static TokenAnswer given(HTTPResponse answer) {
        try {
            Tokens tokens = AccessTokenResponse.parse(answer).getTokens();
            long seconds = tokens.getAccessToken().getLifetime();
            Duration life = seconds <= 0 ? UNSAID : Duration.ofSeconds(Math.min(seconds, LONGEST_LIFE.toSeconds()));
            JSONObject json = json(answer);
            return new Given(
                    new AccessToken(tokens.getAccessToken().getValue(), life),
                    next(tokens.getRefreshToken()),
                    lasts(json),
                    Optional.of(text(json, "id_token", ""))
                            .filter(text -> !text.isEmpty())
                            .map(IdToken::new));
        } catch (ParseException | IllegalArgumentException _) { // which may quote it
            return new Later(
                    Optional.empty(),
                    true,
                    new ProviderWords(
                            "no token",
                            "",
                            "it says yes, and gives nothing that could be used",
                            "check that token-endpoint is one, and that no portal of the network answers in its place"));
        }
    }

    private static Optional<GrantSecret> next(@Nullable RefreshToken token) {
        return token == null
                ? Optional.empty()
                : Optional.of(GrantSecret.of(token.getValue().getBytes(StandardCharsets.UTF_8)));
    }

    /** Google says so, in seconds, of those that do not last as long as they are used. */
    private static Optional<Duration> lasts(JSONObject json) {
        String said = String.valueOf(json.get("refresh_token_expires_in"));
        return said.matches("[1-9]\\d{0,8}") ? Optional.of(Duration.ofSeconds(Long.parseLong(said))) : Optional.empty();
    }

    private static TokenAnswer error(HTTPResponse answer, List<String> sent) {
        JSONObject json = json(answer);
        String error = text(json, "error", "HTTP " + answer.getStatusCode());
        String description = struck(text(json, "error_description", ""), sent);
        ProviderWords why = ProviderWords.of(error, description);
        return switch (ProviderCode.of(error, description).verdict()) {
            case CONSENT_LOST -> new Refused(why);
            case MISCONFIGURED -> new Misconfigured(why);
            case LATER -> new Later(Optional.empty(), true, why);
        };
    }

    private static JSONObject json(HTTPResponse answer) {
        try {
            return JSONObjectUtils.parse(answer.getBody());
        } catch (ParseException | IllegalArgumentException _) {
            return new JSONObject();
        }
    }

    private static String text(JSONObject json, String key, String otherwise) {
        return json.get(key) instanceof String text && !text.isBlank() ? text : otherwise;
    }

    private static String struck(String words, List<String> sent) {
        String struck = words;
        for (String secret : sent) {
            struck = struck.replace(secret, "***");
        }
        return struck;
    }

    /** In seconds, or until when. */
    private Optional<Duration> retryAfter(HTTPResponse answer) {
        String header = answer.getHeaderValue("Retry-After");
        if (header == null) {
            return Optional.empty();
        }
        Duration wait;
        if (header.matches("\\d{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(header));
        } else {
            try {
                wait = Duration.between(
                        clock.instant(), DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
            } catch (DateTimeException _) {
                return Optional.empty();
            }
        }
        return wait.isNegative()
                ? Optional.empty()
                : Optional.of(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    }
}
