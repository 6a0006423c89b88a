package postern.web;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestId;
import com.linecorp.armeria.common.ShuttingDownException;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestCancellationException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.BusyException;
import postern.credentials.StoreUnavailableException;

/**
 * The one place where an exception becomes a reply. The client hears what it can do about it, the
 * log what the operator can.
 */
final class ErrorReplies implements ServerErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorReplies.class);
    private static final String RETRY_AFTER = "Retry-After";

    @Override
    public HttpResponse onServiceException(ServiceRequestContext context, Throwable failure) {
        Throwable cause = Exceptions.peel(failure);
        if (cause instanceof RequestCancellationException) {
            return HttpResponse.ofFailure(cause); // nobody is there to hear
        }
        Reply.Refused reply = reply(cause);
        log(context, reply, cause);
        AccessLog.replied(context, reply);
        return reply.print(context.id()).toHttpResponse();
    }

    static Reply.Refused reply(Throwable cause) {
        return switch (cause) {
            case Refusal refusal -> refusal.reply();
            case StoreUnavailableException _ ->
                Problem.STORE_UNAVAILABLE
                        .because("store: no answer (expected: one, soon)")
                        .header(RETRY_AFTER, "5");
            case BusyException _ ->
                Problem.BUSY
                        .because("hashing: too many are waiting (expected: a free place, soon)")
                        .header(RETRY_AFTER, "2");
            case RequestTimeoutException _ ->
                Problem.BUSY
                        .because("request: not read and answered in time (expected: sooner; it may still be done)")
                        .header(RETRY_AFTER, "5");
            case ShuttingDownException _ -> ofStatus(503);
            case ContentTooLargeException _ -> ofStatus(413);
            case HttpStatusException statusOnly ->
                ofStatus(statusOnly.httpStatus().code());
            default -> ofStatus(500);
        };
    }

    private static Reply.Refused ofStatus(int status) {
        Problem problem = Problem.ofStatus(status);
        return switch (problem) {
            case BUSY ->
                problem.because("server: about to stop (expected: another, soon)")
                        .header(RETRY_AFTER, "5");
            case REQUEST_TOO_LARGE ->
                problem.because("body: too large (expected: at most " + HttpDoor.MAX_BODY + " bytes)");
            case INTERNAL_ERROR -> problem.because("server: failed (expected: an answer; the log has more)");
            default -> problem.because("request: not understood (expected: HTTP)");
        };
    }

    private static void log(ServiceRequestContext context, Reply.Refused reply, Throwable cause) {
        String requestId = context.id().text();
        switch (reply.problem()) {
            case INTERNAL_ERROR ->
                LOG.atError()
                        .addKeyValue("request_id", requestId)
                        .setCause(cause)
                        .log("request failed");
            case STORE_UNAVAILABLE, BUSY ->
                LOG.atWarn()
                        .addKeyValue("request_id", requestId)
                        .addKeyValue("reason", cause.toString())
                        .log("request put off");
            default -> {} // the client's own doing: the access line tells it
        }
    }

    /** What the HTTP library refuses by itself, at times before there is a request to speak of. */
    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        Reply reply = ofStatus(status.code());
        if (context != null) {
            AccessLog.replied(context, reply);
            return reply.print(context.id());
        }
        RequestId requestId = RequestId.random();
        LOG.atInfo()
                .addKeyValue("request_id", requestId.text())
                .addKeyValue("status", status.code())
                .addKeyValue("reason", description)
                .log("not a request");
        return reply.print(requestId);
    }
}
