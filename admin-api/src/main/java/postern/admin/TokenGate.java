package postern.admin;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import postern.credentials.ApiTokenId;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokens;
import postern.credentials.administration.Caller;
import postern.credentials.administration.CallerOutcome;
import postern.credentials.administration.CallerOutcome.Known;
import postern.credentials.administration.CallerOutcome.Reason;
import postern.credentials.administration.CallerOutcome.Refused;
import postern.web.Gate;
import postern.web.Problem;
import postern.web.Refusal;

/** Lets in who bears a token of the admin API, as whom it says. Who is refused never hears why; the operator does. */
public final class TokenGate implements Gate {

    private static final Logger LOG = LoggerFactory.getLogger(TokenGate.class);
    private static final String SCHEME = "Bearer ";

    private final ApiTokens tokens;
    private final InstantSource clock;

    public TokenGate(ApiTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Caller pass(RequestHeaders headers, InetAddress from) throws StoreUnavailableException {
        return switch (outcome(headers.get(HttpHeaderNames.AUTHORIZATION), from)) {
            case Known(Caller caller) -> caller;
            case Refused(Reason reason, Optional<ApiTokenId> token) -> {
                log(reason, token, from);
                throw new Refusal(Problem.UNAUTHORIZED
                        .because("authorization: missing or wrong (expected: Bearer and the API token)")
                        .header("WWW-Authenticate", "Bearer"));
            }
        };
    }

    private CallerOutcome outcome(@Nullable String authorization, InetAddress from) throws StoreUnavailableException {
        String presented = authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : "";
        return tokens.caller(presented, from, clock.instant());
    }

    /** A stranger's slip is no warning; a token of ours that opens nothing is somebody's program that stands still, or a thief. */
    private static void log(Reason reason, Optional<ApiTokenId> token, InetAddress from) {
        LoggingEventBuilder line = LOG.atLevel(token.isPresent() ? Level.WARN : Level.INFO)
                .addKeyValue("reason", reason)
                .addKeyValue("client", from.getHostAddress());
        (token.isPresent() ? line.addKeyValue("token", token.get()) : line).log("API token refused");
    }
}
