package postern.proxy.observe;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginObserver;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;

/**
 * One line for each login: who, by which door, from where, and what came of it. Of those that anybody can cause, so
 * many a second; of those by HTTP that are accepted, none, since each request is one: there, a session is told of. Other programs read these lines: docs/lockout.md promises their form, and a test keeps it.
 */
public final class LoginLog implements LoginObserver {

    private static final Logger LOG = LoggerFactory.getLogger(LoginLog.class);

    private static final int PER_SECOND = 20;

    private final LineBudget refusals;
    private final LineBudget outages;

    public LoginLog(Ticker ticker) {
        this.refusals = new LineBudget(PER_SECOND, ticker);
        this.outages = new LineBudget(PER_SECOND, ticker);
    }

    @Override
    public void observed(LoginAttempt attempt, LoginOutcome outcome, Duration took) {
        tellLeftOut();
        switch (outcome) {
            case Accepted accepted ->
                line(attempt.protocol().asksEachTime() ? LOG.atDebug() : LOG.atInfo(), attempt, took)
                        .addKeyValue("app_password", accepted.used())
                        .log("login accepted");
            case Denied denied -> {
                if (refusals.allowsLine()) {
                    why(line(LOG.atInfo(), attempt, took), denied).log("login denied");
                }
            }
            case Slowed(Duration delay, Denied why) -> {
                if (refusals.allowsLine()) {
                    why(line(LOG.atInfo(), attempt, took).addKeyValue("delay_ms", delay.toMillis()), why)
                            .log("login slowed");
                }
            }
            case TurnedAway _ -> {
                if (refusals.allowsLine()) {
                    line(LOG.atInfo(), attempt, took).log("login turned away");
                }
            }
            case Unavailable(String cause) -> {
                if (outages.allowsLine()) {
                    line(LOG.atWarn(), attempt, took)
                            .addKeyValue("cause", cause)
                            .log("login unavailable");
                }
            }
        }
    }

    /** Lines that were left out since the start. */
    long suppressed() {
        return refusals.suppressed() + outages.suppressed();
    }

    private static LoggingEventBuilder why(LoggingEventBuilder line, Denied denied) {
        LoggingEventBuilder reasoned = line.addKeyValue("reason", denied.reason());
        return denied.appPassword()
                .map(id -> reasoned.addKeyValue("app_password", id))
                .orElse(reasoned);
    }

    private static LoggingEventBuilder line(LoggingEventBuilder line, LoginAttempt attempt, Duration took) {
        LoggingEventBuilder told = line.addKeyValue("protocol", attempt.protocol())
                .addKeyValue("login_name", attempt.name())
                .addKeyValue("client", attempt.client().getHostAddress())
                .addKeyValue("took_ms", took.toMillis());
        return attempt.byAddress().isPresent() ? told.addKeyValue("by", "address") : told;
    }

    /** With the next login of any kind: a flood that has ended is told of, too. */
    private void tellLeftOut() {
        long refused = refusals.takeOwed();
        if (refused > 0) {
            LOG.atInfo().addKeyValue("left_out", refused).log("logins denied and not logged");
        }
        long unavailable = outages.takeOwed();
        if (unavailable > 0) {
            LOG.atWarn().addKeyValue("left_out", unavailable).log("logins unavailable and not logged");
        }
    }
}
