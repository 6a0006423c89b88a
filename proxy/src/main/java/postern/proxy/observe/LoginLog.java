package postern.proxy.observe;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginObserver;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.Unavailable;

/** One line for each login: who, by which door, from where, and what came of it. */
public final class LoginLog implements LoginObserver {

    private static final Logger LOG = LoggerFactory.getLogger(LoginLog.class);

    @Override
    public void observed(LoginAttempt attempt, LoginOutcome outcome, Duration took) {
        LoggingEventBuilder line = outcome instanceof Unavailable ? LOG.atWarn() : LOG.atInfo();
        line = line.addKeyValue("protocol", attempt.protocol())
                .addKeyValue("login_name", attempt.name())
                .addKeyValue("client", attempt.client().getHostAddress())
                .addKeyValue("took_ms", took.toMillis());
        switch (outcome) {
            case Accepted(LoginName _, AppPasswordId used) ->
                line.addKeyValue("app_password", used).log("login accepted");
            case Denied(Reason reason) -> line.addKeyValue("reason", reason).log("login denied");
            case Slowed(Duration delay) ->
                line.addKeyValue("delay_ms", delay.toMillis()).log("login slowed");
            case Unavailable(String cause) -> line.addKeyValue("cause", cause).log("login unavailable");
        }
    }
}
