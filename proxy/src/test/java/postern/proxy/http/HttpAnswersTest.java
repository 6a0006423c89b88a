package postern.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpHeaderNames;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.proxy.conversation.Refusal;
import postern.proxy.upstream.UpstreamFailure;

class HttpAnswersTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(UpstreamFailure.NO_ROUTE, 600, "The mail server will not open this mailbox."),
                arguments(UpstreamFailure.UNREACHABLE, 60, "The mail server is not reachable."),
                arguments(UpstreamFailure.UNTRUSTED, 60, "The mail server is not reachable."),
                arguments(UpstreamFailure.LOOPS, 60, "The mail server is not reachable."),
                arguments(UpstreamFailure.CONFUSED, 60, "The mail server is not reachable."),
                arguments(UpstreamFailure.NO_TOKEN, 60, "The mail server is not reachable."),
                arguments(UpstreamFailure.CONSENT_LOST, 600, "This mailbox has to be connected again."),
                arguments(UpstreamFailure.REFUSED, 600, "The mail server will not open this mailbox."),
                arguments(UpstreamFailure.NOT_CONNECTED, 600, "The mail server will not open this mailbox."),
                arguments(UpstreamFailure.SUBMISSION_DISABLED, 600, "The mail server will not open this mailbox."),
                arguments(
                        UpstreamFailure.THROTTLED,
                        600,
                        "The mail server asks for a pause. Try again in a few minutes."),
                arguments(UpstreamFailure.BUSY, 60, "The mail server opens no more of this mailbox now."));
    }

    /** A phone that hears 401 asks its owner for the password, and one that hears 403 gives up. */
    @ParameterizedTest
    @MethodSource("failures")
    void noFailureOfTheUpstreamSoundsLikeAWrongPassword(UpstreamFailure failure, int retryAfter, String words) {
        AggregatedHttpResponse heard = heard(Refusal.of(failure));

        assertThat(heard.status().code()).isEqualTo(503);
        assertThat(heard.headers().get(HttpHeaderNames.RETRY_AFTER)).isEqualTo(Integer.toString(retryAfter));
        assertThat(heard.contentUtf8()).isEqualTo(words + "\n");
    }

    @Test
    void everyFailureHasItsWords() {
        assertThat(failures().map(row -> row.get()[0])).containsExactlyInAnyOrder((Object[]) UpstreamFailure.values());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void whoIsDeniedIsAskedForThePasswordAndHearsNoReason(Reason reason) {
        AggregatedHttpResponse heard = heard(Refusal.of(reason));

        assertThat(heard.status().code()).isEqualTo(401);
        assertThat(heard.headers().getAll(HttpHeaderNames.WWW_AUTHENTICATE))
                .isEqualTo(List.of("Basic realm=\"mail\", charset=\"UTF-8\""));
        assertThat(heard.headers().contentLength()).isZero();
        assertThat(heard.content().isEmpty()).isTrue();
    }

    @Test
    void nobodyKnowsIsNotANo() {
        AggregatedHttpResponse heard = heard(Refusal.LATER);

        assertThat(heard.status().code()).isEqualTo(503);
        assertThat(heard.headers().get(HttpHeaderNames.RETRY_AFTER)).isEqualTo("60");
    }

    private static AggregatedHttpResponse heard(Refusal why) {
        return HttpAnswers.AMONG_OTHERS.refusal(why);
    }
}
