package postern.credentials.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.attemptFrom;
import static postern.credentials.throttle.SampleLockouts.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import postern.credentials.HoldKind;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.throttle.LockoutPolicy.Mode;

/** Ada, Bob, a clock, and a lockout to try to get past. */
abstract class LockoutStage {

    static final LoginName BOB = new LoginName("bob@example.org");
    static final LoginOutcome DENIED = new Denied(Reason.NO_MATCH);
    static final LoginOutcome HELD = new Denied(Reason.HELD);
    static final String HOME = "203.0.113.9";
    static final String AWAY = "198.51.100.1";

    final AtomicLong nanos = new AtomicLong();
    int guesses;
    final List<Hold> begun = new ArrayList<>();
    Lockout lockout = lockout(policy(Mode.ENFORCE, true));

    Lockout lockout(LockoutPolicy policy) {
        return lockout(policy, List.of(), List.of());
    }

    Lockout lockout(LockoutPolicy policy, List<ListEntry> allow, List<ListEntry> deny) {
        return SampleLockouts.lockout(policy, allow, deny, (hold, _) -> begun.add(hold), nanos::get);
    }

    /** Until Ada is on hold for strangers. */
    void holdAda() {
        for (int i = 1; i <= 11; i++) {
            wrong("198.51.100." + i, ADA, "guess" + ++guesses);
        }
        assertThat(lockout.holds().count(HoldKind.NAME)).isOne();
    }

    /** One wrong secret for each of these many names. */
    List<LoginOutcome> spray(String client, int first, int last) {
        List<LoginOutcome> outcomes = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            outcomes.add(wrong(client, new LoginName("name" + i + "@example.org"), "Summer2026!"));
        }
        return outcomes;
    }

    List<Long> seconds(String client, LoginName name, String secret, int times) {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            seconds.add(((Slowed) wrong(client, name, secret)).delay().toSeconds());
        }
        return seconds;
    }

    /** A guess whose answer is told at once. */
    LoginOutcome wrong(String client, LoginName name, String secret) {
        LoginOutcome outcome = weigh(client, name, secret);
        lockout.told(attemptFrom(client, name, secret), outcome);
        return outcome;
    }

    LoginOutcome weigh(String client, LoginName name, String secret) {
        return lockout.weigh(attemptFrom(client, name, secret), DENIED);
    }

    LoginOutcome right(String client, LoginName name) {
        LoginAttempt attempt = attemptFrom(client, name, "right");
        return lockout.bars(attempt)
                .<LoginOutcome>map(barred -> barred)
                .orElseGet(() -> lockout.weigh(attempt, new Accepted(name, SCANNER_ID)));
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
