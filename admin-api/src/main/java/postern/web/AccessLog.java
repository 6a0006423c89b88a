package postern.web;

import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import io.netty.util.AttributeKey;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.LoginName;

/**
 * One line for each request: who, what, and what came of it. The path is told as it was understood,
 * never as it was sent, for a secret may stand in it by mistake.
 */
public final class AccessLog implements AccessLogWriter {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final AttributeKey<Route.Found> FOUND = AttributeKey.valueOf(AccessLog.class, "found");
    private static final AttributeKey<String> OUTCOME = AttributeKey.valueOf(AccessLog.class, "outcome");

    private static final Pattern ID = Pattern.compile("(apw|ses|tok|job)_[0-9a-z]{16}");

    static void found(ServiceRequestContext context, Route.Found found) {
        context.setAttr(FOUND, found);
    }

    static void replied(ServiceRequestContext context, Reply reply) {
        context.setAttr(OUTCOME, reply.outcome());
    }

    @Override
    public void log(RequestLog request) {
        ServiceRequestContext context = (ServiceRequestContext) request.context();
        String outcome = context.attr(OUTCOME);
        LOG.atInfo()
                .addKeyValue("request_id", context.id().text())
                .addKeyValue("method", context.method())
                .addKeyValue("path", pathOf(context))
                .addKeyValue("status", request.responseStatus().code())
                .addKeyValue("outcome", outcome == null ? "-" : outcome)
                .addKeyValue("client", context.remoteAddress().getAddress().getHostAddress())
                .log("admin request");
    }

    private static String pathOf(ServiceRequestContext context) {
        Route.Found found = context.attr(FOUND);
        return found == null ? "-" : understood(found);
    }

    /** Only what has the form of a name or an id: everything else may be a secret in the wrong place. */
    private static String understood(Route.Found found) {
        String path = found.route().path();
        for (String variable : found.variables().keySet()) {
            path = path.replace(
                    '{' + variable + '}', understood(found, variable).orElse('{' + variable + '}'));
        }
        return path;
    }

    private static Optional<String> understood(Route.Found found, String variable) {
        String text = Call.decoded(found.variables().getOrDefault(variable, ""));
        if (variable.equals("login")) {
            try {
                return Optional.of(new LoginName(text).toString());
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
        return ID.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
