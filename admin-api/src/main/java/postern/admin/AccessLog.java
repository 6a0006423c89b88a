package postern.admin;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import io.netty.util.AttributeKey;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;

/**
 * One line for each request: who, what, and what came of it. The path is told as it was understood,
 * never as it was sent, for a secret may stand in it by mistake.
 */
final class AccessLog implements AccessLogWriter {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final AttributeKey<Route.Found> FOUND = AttributeKey.valueOf(AccessLog.class, "found");
    private static final AttributeKey<String> OUTCOME = AttributeKey.valueOf(AccessLog.class, "outcome");

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

    private static String understood(Route.Found found) {
        Call call = new Call(found.variables(), QueryParams.of(), "", HttpData.empty(), "");
        String path = found.route().path();
        if (found.variables().containsKey("login")) {
            path = path.replace("{login}", login(call).map(LoginName::toString).orElse("{login}"));
        }
        return path.replace("{id}", call.appPassword().map(AppPasswordId::value).orElse("{id}"));
    }

    private static Optional<LoginName> login(Call call) {
        try {
            return Optional.of(call.login());
        } catch (Refusal _) {
            return Optional.empty();
        }
    }
}
