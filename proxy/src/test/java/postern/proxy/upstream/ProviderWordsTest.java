package postern.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P1 BAD User is authenticated but not connected. | NOT_CONNECTED",
                "a BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds | THROTTLED",
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. | SUBMISSION_DISABLED",
                "550 5.7.30 Basic authentication is not supported for Client Submission. | SUBMISSION_DISABLED",
                "501 5.5.127 Invalid XOAUTH2 auth data - Token will expire soon | NO_TOKEN",
                "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded; concurrent connections limit exceeded | BUSY",
                "L1 NO [ALERT] Too many simultaneous connections. (Failure) | BUSY",
                "L1 NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded | BUSY"
            })
    void meanWhatTheySay(String line, UpstreamFailure expected) {
        assertThat(ProviderWords.meaningOf(line)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"L1 NO AUTHENTICATE failed.", "535 5.7.3 Authentication unsuccessful", "535 15.7.300 no", ""})
    void meanNothingOtherwise(String line) {
        assertThat(ProviderWords.meaningOf(line)).isEmpty();
    }

    @Test
    void sayHowLongToStayAway() {
        assertThat(ProviderWords.pauseIn("BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds"))
                .isEqualTo(Duration.ofMillis(299_961));
        assertThat(ProviderWords.pauseIn("BAD Request is throttled.")).isEqualTo(Duration.ofSeconds(30));
        assertThat(ProviderWords.pauseIn("Suggested Backoff Time: 999999999 milliseconds"))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(ProviderWords.pauseIn("Suggested Backoff Time: 99999999999999999999 milliseconds"))
                .isEqualTo(Duration.ofSeconds(30));
    }
}
