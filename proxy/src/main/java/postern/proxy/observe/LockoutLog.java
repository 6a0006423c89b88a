package postern.proxy.observe;

import com.github.benmanes.caffeine.cache.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import postern.credentials.HoldKind;
import postern.credentials.LoginAttempt;
import postern.credentials.throttle.Hold;
import postern.credentials.throttle.LockoutObserver;
import postern.credentials.throttle.LockoutPolicy;

/**
 * A line for each hold, and a warning when many sources guess at one name. Other programs read these lines: docs/lockout.md
 * promises their form, and a test keeps it.
 */
public final class LockoutLog implements LockoutObserver {

    private static final Logger LOG = LoggerFactory.getLogger(LockoutLog.class);

    private static final int PER_SECOND = 20;

    private final LockoutPolicy.Mode mode;
    private final LineBudget budget;

    public LockoutLog(LockoutPolicy.Mode mode, Ticker ticker) {
        this.mode = mode;
        this.budget = new LineBudget(PER_SECOND, ticker);
    }

    @Override
    public void holdBegan(Hold hold, LoginAttempt last) {
        long owed = budget.takeOwed();
        if (owed > 0) {
            LOG.atInfo().addKeyValue("left_out", owed).log("holds not logged");
        }
        if (isNewlyDistributed(hold) && budget.allowsLine()) {
            line(LOG.atWarn(), hold, last).log("distributed guessing");
        }
        if (budget.allowsLine()) {
            line(LOG.atInfo(), hold, last).log("hold began");
        }
    }

    /** Lines that were left out since the start. */
    long suppressed() {
        return budget.suppressed();
    }

    /** Once an attack: the holds after the first are no news. */
    private static boolean isNewlyDistributed(Hold hold) {
        return hold.kind() == HoldKind.DISTRIBUTED && hold.times() == 1;
    }

    private LoggingEventBuilder line(LoggingEventBuilder line, Hold hold, LoginAttempt last) {
        return line.addKeyValue("kind", hold.kind())
                .addKeyValue("subject", hold.subject())
                .addKeyValue("login_name", last.name())
                .addKeyValue("client", last.client().getHostAddress())
                .addKeyValue("seconds", hold.left().toSeconds())
                .addKeyValue("times", hold.times())
                .addKeyValue("mode", mode);
    }
}
