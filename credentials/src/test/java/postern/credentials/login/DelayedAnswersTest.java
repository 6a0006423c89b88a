package postern.credentials.login;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.attemptFrom;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.throttle.Lockout;
import postern.credentials.throttle.SampleLockouts;

/** L-10: what the slow answers cost that wait, ten thousand of them, the connections aside. */
class DelayedAnswersTest {

    private static final int MOST = 10_000;
    private static final long BYTES_EACH = 4096;

    private final List<Runnable> timers = new ArrayList<>();
    private final Lockout lockout = SampleLockouts.lockout(() -> 0);
    private final AnswerGrid grid = new AnswerGrid(Duration.ofSeconds(2), () -> 0, (_, task) -> timers.add(task));

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void tenThousandTakeNoMoreThanFourKibEach() {
        List<CompletionStage<LoginOutcome>> waiting = new ArrayList<>(MOST);
        long before = usedAfterCollection();
        for (int source = 0; waiting.size() < MOST; source++) {
            String client = "10." + source / 256 + "." + source % 256 + ".1";
            LoginName name = new LoginName("name" + source + "@example.org");
            for (int i = 0; i < 9; i++) { // the first is free
                comes(attemptFrom(client, name, "stale"), waiting);
            }
        }
        long added = usedAfterCollection() - before;

        assertThat(timers).hasSize(MOST);
        assertThat(lockout.delayedAnswers()).isEqualTo(MOST);
        assertThat(added).isBetween(1L, MOST * BYTES_EACH);
        timers.forEach(Runnable::run);
        assertThat(lockout.delayedAnswers()).isZero();
    }

    /** As {@link PasswordAuthenticator} does. */
    private void comes(LoginAttempt attempt, List<CompletionStage<LoginOutcome>> waiting) {
        LoginOutcome outcome = lockout.weigh(attempt, new Denied(Reason.NO_MATCH));
        attempt.secret().close();
        if (outcome instanceof Slowed) {
            waiting.add(grid.asked().answer(outcome).whenComplete((told, _) -> lockout.told(attempt, told)));
        }
    }

    private static long usedAfterCollection() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
