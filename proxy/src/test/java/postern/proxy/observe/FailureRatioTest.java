package postern.proxy.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.adaWith;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.Unavailable;

/** L-06: an alarm on the whole installation, that neither flutters nor takes a phone in a drawer for an attack. */
class FailureRatioTest {

    private static final LoginOutcome RIGHT = new Accepted(ADA, SCANNER_ID);
    private static final LoginOutcome WRONG = new Denied(Reason.NO_MATCH);

    private final AtomicLong nanos = new AtomicLong();
    private final FailureRatio ratio = new FailureRatio(nanos::get);

    @Test
    void isOneWarningWhenMostAreWrongAndAnotherNotBeforeFewWere() {
        List<String> lines = written(() -> {
            come(60, RIGHT);
            come(200, WRONG);
            pass(Duration.ofMinutes(6));
            come(200, WRONG);
            come(250, RIGHT); // between a quarter and a half: it stays
            pass(Duration.ofMinutes(11));
            come(90, RIGHT);
            come(20, WRONG);
            assertThat(ratio.ratio()).isLessThan(0.25);
            pass(Duration.ofMinutes(11));
            come(200, WRONG);
        });

        assertThat(lines).hasSize(2).allMatch(line -> line.contains("WARN") && line.contains("most logins are wrong"));
    }

    @Test
    void isNoneOfAFewNorOfRepeatsNorOfRightSecretsNorOfAnOutage() {
        List<String> lines = written(() -> {
            come(99, WRONG);
            pass(Duration.ofMinutes(11));
            come(1000, new Slowed(Duration.ofSeconds(30)));
            come(1000, new Denied(Reason.EXPIRED));
            come(1000, new Unavailable("credential store: away"));
        });

        assertThat(lines).isEmpty();
        assertThat(ratio.ratio()).isZero();
    }

    @Test
    void isForgottenAfterTenMinutes() {
        come(50, WRONG);
        come(50, RIGHT);
        assertThat(ratio.ratio()).isCloseTo(0.5, within(0.001));

        pass(Duration.ofMinutes(6));
        assertThat(ratio.ratio()).isCloseTo(0.5, within(0.001));

        pass(Duration.ofMinutes(5));
        assertThat(ratio.ratio()).isZero();
    }

    private void come(int times, LoginOutcome outcome) {
        for (int i = 0; i < times; i++) {
            ratio.observed(adaWith("guess"), outcome, Duration.ZERO);
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static List<String> written(Runnable task) {
        PrintStream console = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            task.run();
        } finally {
            System.setErr(console);
        }
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
