package postern.credentials.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.attemptFrom;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.SampleStore;
import postern.credentials.throttle.LockoutPolicy.Mode;

/** L-13 */
class LockoutBoundsTest {

    private static final LoginOutcome DENIED = new Denied(Reason.NO_MATCH);
    private static final int MANY = 1_000_000;
    private static final long MOST_BYTES = 64L << 20;

    private final AtomicLong nanos = new AtomicLong();

    /** A stranger each time, by both: the tables are full of one-time guesses. */
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aMillionAddressesAndAMillionInventedNamesTakeNoMoreThan64MiB() {
        long before = usedAfterCollection();
        Lockout lockout = SampleLockouts.lockout(nanos::get);
        for (int i = 0; i < MANY; i++) {
            guess(lockout, i, i, "stale");
        }
        long added = usedAfterCollection() - before;

        assertThat(added).isBetween(1L, MOST_BYTES);
        assertThat(lockout.holds().list()).isNotEmpty();
    }

    /** With a tenth of the places, and each of them as full as it gets, a tenth of the memory is the bound. */
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aGuesserWhoFillsEveryRecordTakesNoMore() {
        long before = usedAfterCollection();
        Lockout lockout = SampleLockouts.lockout(SampleLockouts.remembering(5000), SampleLockouts.NOBODY, nanos::get);
        for (int i = 0; i < 40; i++) {
            for (int suspect = 0; suspect < 5000; suspect++) {
                guess(lockout, (suspect + i / 20) * 256, suspect, "guess" + i);
            }
        }
        long added = usedAfterCollection() - before;

        assertThat(added).isBetween(1L, MOST_BYTES / 10);
        assertThat(lockout.holds().list()).isNotEmpty();
    }

    /** One row for a hold at most, and of a flood of holds, a thousand and one a second. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aFloodOfHoldsIsNoFloodOfTheStore() throws Exception {
        try (SampleStore store = SampleStore.with()) {
            HoldWriter writer =
                    new HoldWriter(store.holds(), Mode.ENFORCE, () -> MONDAY.plusNanos(nanos.get()), nanos::get);
            AtomicLong begun = new AtomicLong();
            LockoutObserver counting = (hold, last) -> {
                begun.incrementAndGet();
                writer.holdBegan(hold, last);
            };
            Lockout lockout = SampleLockouts.lockout(SampleLockouts.remembering(50_000), counting, nanos::get);
            for (int i = 0; i < MANY / 2; i++) {
                guess(lockout, i, i, "stale");
                if (i % 1000 == 0) {
                    writer.write();
                }
            }
            writer.close();

            int rows = store.holds().lasting(MONDAY).size();
            assertThat(begun.get()).isGreaterThan(1500);
            assertThat(rows)
                    .isBetween(1000, 1000 + (int) Duration.ofNanos(nanos.get()).toSeconds());
            assertThat(writer.notShared()).isEqualTo(begun.get() - rows);
        }
    }

    private void guess(Lockout lockout, int address, int name, String secret) {
        String client = "10." + (address >> 16 & 0xff) + "." + (address >> 8 & 0xff) + "." + (address & 0xff);
        LoginAttempt attempt = attemptFrom(client, new LoginName("invented" + name + "@example.org"), secret);
        lockout.told(attempt, lockout.weigh(attempt, DENIED));
        nanos.addAndGet(100_000);
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
