package postern.proxy.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.time.Duration;
import postern.proxy.conversation.Refusal;

/**
 * What a client hears of us over HTTP. 401 asks its owner for the password, and 403 makes some give up for good; so both
 * are said of nothing but the password and the name.
 *
 * @param last whether the connection ends with it
 */
record HttpAnswers(boolean last) {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LATER = Duration.ofMinutes(10);
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    /** With another answer behind it. */
    static final HttpAnswers AMONG_OTHERS = new HttpAnswers(false);

    static final HttpAnswers LAST = new HttpAnswers(true);

    AggregatedHttpResponse refusal(Refusal why) {
        return switch (why) {
            case WRONG, EXPIRED -> challenge();
            case NOT_AS_ANOTHER -> words(HttpStatus.FORBIDDEN, "Only as yourself.");
            case NOT_WITHOUT_TLS -> words(HttpStatus.FORBIDDEN, "Turn on TLS.");
            case LATER -> unavailable(SOON, "Try again in a few minutes.");
            case ASK_SOMEBODY -> unavailable(LATER, "The mail server will not open this mailbox.");
            case CONNECT_AGAIN -> unavailable(LATER, "This mailbox has to be connected again.");
            case FULL -> unavailable(SOON, "Too many sessions at once.");
            case BUSY -> unavailable(SOON, "The mail server opens no more of this mailbox now.");
            case PAUSE -> unavailable(LATER, "The mail server asks for a pause. Try again in a few minutes.");
            case NOT_REACHABLE -> unavailable(SOON, "The mail server is not reachable.");
        };
    }

    /** Without a body: one that is there breaks some phones. */
    AggregatedHttpResponse challenge() {
        return AggregatedHttpResponse.of(head(HttpStatus.UNAUTHORIZED)
                .set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"mail\", charset=\"UTF-8\"")
                .contentLength(0)
                .build());
    }

    /** Of one that we end. */
    AggregatedHttpResponse comeAgain(String why) {
        return unavailable(AT_ONCE, why + ".");
    }

    AggregatedHttpResponse unavailable(Duration retryAfter, String words) {
        return withBody(
                head(HttpStatus.SERVICE_UNAVAILABLE)
                        .set(HttpHeaderNames.RETRY_AFTER, Long.toString(retryAfter.toSeconds())),
                words);
    }

    AggregatedHttpResponse words(HttpStatus status, String words) {
        return withBody(head(status), words);
    }

    AggregatedHttpResponse empty(HttpStatus status) {
        return AggregatedHttpResponse.of(head(status).contentLength(0).build());
    }

    private AggregatedHttpResponse withBody(ResponseHeadersBuilder head, String words) {
        HttpData body = HttpData.ofUtf8(words + "\n");
        return AggregatedHttpResponse.of(
                head.contentType(MediaType.PLAIN_TEXT_UTF_8)
                        .contentLength(body.length())
                        .build(),
                body);
    }

    private ResponseHeadersBuilder head(HttpStatus status) {
        ResponseHeadersBuilder head =
                ResponseHeaders.builder(status).set(HttpHeaderNames.CACHE_CONTROL, "private, no-store");
        return last ? head.set(HttpHeaderNames.CONNECTION, "close") : head;
    }
}
