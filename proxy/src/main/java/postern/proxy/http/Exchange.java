package postern.proxy.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import org.jspecify.annotations.Nullable;
import postern.proxy.conversation.Refusal;
import postern.proxy.session.SessionEnd;
import postern.proxy.upstream.UpstreamFailure;

/**
 * One request and its answer, on the way between a client and an upstream. Lives on the event loop of the client's
 * connection.
 *
 * <pre>
 *   asked ─→ answered ─→ over
 *     ╰─── refused ───────↑
 * </pre>
 */
final class Exchange {

    private final HttpRequest request;
    private final HttpResponseWriter answer = HttpResponse.streaming();
    private final HttpConnection client;
    private final DeviceLine line;
    private @Nullable UpstreamConnection upstream;
    private boolean answered;
    private boolean over;

    Exchange(HttpRequest request, HttpConnection client, DeviceLine line) {
        this.request = request;
        this.client = client;
        this.line = line;
        client.begun(this);
        // Also when the client has left, or its time is up.
        answer.whenComplete().whenComplete((_, _) -> over());
    }

    HttpRequest request() {
        return request;
    }

    HttpResponse answer() {
        return answer;
    }

    boolean belongsTo(DeviceLine other) {
        return line == other;
    }

    boolean isOver() {
        return over;
    }

    /** From now on this one carries it. */
    void on(UpstreamConnection connection) {
        upstream = connection;
    }

    void answered(ResponseHeaders headers) {
        answered = true;
        boolean _ = answer.tryWrite(headers);
    }

    void data(HttpData some) {
        boolean _ = answer.tryWrite(some); // of a client that has left, nothing is kept
    }

    /** Runs when the client has taken what it was sent so far. */
    void whenTaken(Runnable then) {
        answer.whenConsumed().thenRun(then);
    }

    void finished() {
        upstream = null;
        answer.close();
    }

    void fail(UpstreamFailure why) {
        refuse(HttpAnswers.AMONG_OTHERS.refusal(Refusal.of(why)));
    }

    /** In the middle of an answer there is no other word for it than to hang up. */
    void refuse(AggregatedHttpResponse instead) {
        if (over) {
            return;
        }
        if (answered) {
            answer.close(AbortedStreamException.get());
        } else {
            answered = true;
            answer.close(instead);
        }
        over();
    }

    void end(SessionEnd why) {
        refuse(
                switch (why) {
                    case REVOKED -> HttpAnswers.LAST.challenge();
                    case ASKED, DISPLACED, SHUTDOWN, LAST_CALL -> HttpAnswers.LAST.comeAgain(why.words());
                });
    }

    private void over() {
        if (!over) {
            over = true;
            client.over(this);
            if (upstream != null) {
                upstream.leave();
                upstream = null;
            }
            request.abort();
        }
    }
}
