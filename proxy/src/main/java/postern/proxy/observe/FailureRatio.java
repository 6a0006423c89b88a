package postern.proxy.observe;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginObserver;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;

/**
 * How many of this node's logins of the last five to ten minutes were wrong, and a warning when most are: somebody
 * guesses at everybody, slowly enough for each limit, or a change has made right passwords wrong. What was slowed has
 * been wrong before, and counts for nothing: a phone in a drawer is no attack.
 *
 * <pre>
 *   usual   more than half of a hundred or more are wrong    alarm, and a warning
 *   alarm   less than a quarter are                          usual, and a line
 * </pre>
 */
public final class FailureRatio implements LoginObserver {

    private static final Logger LOG = LoggerFactory.getLogger(FailureRatio.class);

    private static final long HALF = Duration.ofMinutes(5).toNanos();
    private static final long LEAST = 100;
    private static final double ALARM = 0.5;
    private static final double USUAL = 0.25;

    private final Ticker ticker;
    private Logins before = Logins.NONE;
    private Logins now = Logins.NONE;
    private long began;
    private boolean alarm;

    private record Logins(long wrong, long all) {

        static final Logins NONE = new Logins(0, 0);

        Logins plus(Logins more) {
            return new Logins(wrong + more.wrong, all + more.all);
        }

        double ratio() {
            return all == 0 ? 0 : (double) wrong / all;
        }
    }

    public FailureRatio(Ticker ticker) {
        this.ticker = ticker;
        this.began = ticker.read();
    }

    @Override
    public void observed(LoginAttempt attempt, LoginOutcome outcome, Duration took) {
        switch (outcome) {
            case Accepted _ -> count(new Logins(0, 1));
            case Denied denied -> count(new Logins(isWrong(denied.reason()) ? 1 : 0, 1));
            case TurnedAway _ -> count(new Logins(1, 1));
            case Slowed _, Unavailable _ -> {}
        }
    }

    /** Who has shown a right secret has guessed nothing, though it was not good for this. */
    private static boolean isWrong(Reason reason) {
        return reason.isGuess() || reason == Reason.HELD;
    }

    private synchronized void count(Logins one) {
        turn();
        now = now.plus(one);
        Logins lately = now.plus(before);
        if (!alarm && lately.all() >= LEAST && lately.ratio() > ALARM) {
            alarm = true;
            LOG.atWarn().addKeyValue("times", lately.wrong()).log("most logins are wrong");
        } else if (alarm && lately.all() >= LEAST && lately.ratio() < USUAL) {
            alarm = false;
            LOG.atInfo().log("most logins are right again");
        }
    }

    private void turn() {
        long passed = ticker.read() - began;
        if (passed >= HALF) {
            before = passed < 2 * HALF ? now : Logins.NONE;
            now = Logins.NONE;
            began += passed - passed % HALF;
        }
    }

    /** From 0 to 1; 0 when nobody came. */
    synchronized double ratio() {
        turn();
        return now.plus(before).ratio();
    }
}
