package postern.bench;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.attemptFrom;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.SampleStore;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.AuditedLogins;
import postern.credentials.login.AnswerGrid;
import postern.credentials.login.MovedTime;

/**
 * T-1: for a day and a night, on a clock that is moved, a phone asks once a second with an app password that was
 * deleted. Behind the same address are Ada's scanner and her neighbour, who mistypes now and then. The audit trail is
 * told once.
 */
final class StalePhone implements Bench {

    private static final int SECONDS = 86_400;
    private static final Duration GRID = Duration.ofSeconds(2);
    private static final String OFFICE = "203.0.113.9";
    private static final String HOME = "198.51.100.7";
    private static final LoginName NEIGHBOUR = People.name(0);

    private final MovedTime time = new MovedTime();
    private final List<LoginOutcome> phone = new ArrayList<>();
    private final List<AuditEvent> events = new ArrayList<>();
    private int asked;
    private final List<Duration> added = new ArrayList<>();

    @Override
    public List<Figure> measure() throws Exception {
        SampleStore store = SampleStore.with(SCANNER);
        People.join(store, ADA, List.of(1), RunningDecision.REAL_HASHER);
        People.join(store, 1, RunningDecision.REAL_HASHER);
        store.credentials().revoke(ADA, People.id(1), ROOT);
        try (RunningDecision decision = RunningDecision.of(
                store,
                time,
                RunningDecision.REAL_HASHER,
                one -> one.withGrid(new AnswerGrid(GRID, time, time), time).withObserver(audited()))) {
            for (int second = 0; second < SECONDS; second++) {
                passes(second, decision);
                time.pass(Duration.ofSeconds(1));
            }
            time.pass(Duration.ofMinutes(1));
            return figures(decision);
        }
    }

    private AuditedLogins audited() {
        return new AuditedLogins(events::add, InstantSource.fixed(MONDAY), time, new SplittableRandom(7));
    }

    private void passes(int second, RunningDecision decision) {
        decision.asks(attemptFrom(OFFICE, ADA, People.secret(1))).thenAccept(phone::add);
        if (second % 30 == 0) {
            asks(decision, OFFICE, ADA, SCANNER_SECRET);
            asks(decision, HOME, ADA, SCANNER_SECRET);
            asks(decision, OFFICE, NEIGHBOUR, People.secret(0));
        }
        if (second % 7200 == 0) {
            asks(decision, OFFICE, NEIGHBOUR, "mistyped" + second);
        }
    }

    /** A success is told at once, a mistake at the next step of the grid: what is more was added by the phone. */
    private void asks(RunningDecision decision, String from, LoginName name, String secret) {
        long at = time.read();
        asked++;
        decision.asks(attemptFrom(from, name, secret)).thenAccept(outcome -> {
            Duration due = outcome instanceof Accepted ? Duration.ZERO : GRID;
            added.add(Duration.ofNanos(time.read() - at).minus(due));
        });
    }

    private List<Figure> figures(RunningDecision decision) {
        long slowed = phone.stream().filter(Slowed.class::isInstance).count();
        long turnedAway = phone.stream().filter(TurnedAway.class::isInstance).count();
        long notices = events.stream()
                .filter(event -> event.kind() == AuditKind.APP_PASSWORD_STALE_USE)
                .count();
        Duration most = added.stream().max(Duration::compareTo).orElseThrow();
        return List.of(
                Figure.exactly("answers to a phone with a deleted secret, in 24 h", SECONDS, phone.size()),
                Figure.told("slowed, and turned away of these", "%,d and %,d".formatted(slowed, turnedAway)),
                Figure.exactly("answers to others behind its address, and to its owner at home", asked, added.size()),
                Figure.exactly("delay added to these, in ms", 0, most.toMillis()),
                Figure.exactly("events that tell of the phone", 1, notices),
                Figure.exactly("holds", 0, decision.lockout().holds().list().size()),
                Figure.count("Argon2 runs", decision.hashing().done()));
    }
}
