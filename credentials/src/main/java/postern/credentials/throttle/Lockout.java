package postern.credentials.throttle;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import postern.credentials.FamiliarSources;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.SourceNetwork;
import postern.credentials.hash.FingerprintKey;
import postern.credentials.throttle.Sources.Weight;
import postern.credentials.throttle.Suspicion.Sighting;

/**
 * Makes guessing slow, and tells of it. A wrong secret is weighed by who came with it, and from where:
 *
 * <pre>
 *   the same as before       slower each time, for this name, source and secret, and for nobody else
 *   from a familiar source   slow after many
 *   from a stranger          slow after few; the name then goes on hold for strangers
 *   a source of many names   slow, then refused
 * </pre>
 *
 * <p>A hold refuses what is wrong anyway. The right secret passes, unless the operator wants strangers to stay outside
 * during a hold; a familiar source passes even then, and who is near one.
 */
public final class Lockout {

    private static final Denied HELD = new Denied(Reason.HELD);
    private static final Denied ON_THE_LIST = new Denied(Reason.DENIED_ENTRY);

    private final LockoutPolicy policy;
    private final OperatorLists lists;
    private final FamiliarSources familiarSources;
    private final FingerprintKey processKey;
    private final LockoutObserver observer;
    private final RandomGenerator random;
    private final Suspects suspects;
    private final Names names;
    private final Sources sources;
    private final WaitingRoom waitingRoom;
    private final LongAdder staleRepeats = new LongAdder();

    /**
     * @param processKey drawn at start: what is remembered means nothing to anybody else
     * @param random safe for use by many threads
     */
    public Lockout(
            LockoutPolicy policy,
            OperatorLists lists,
            FamiliarSources familiarSources,
            FingerprintKey processKey,
            LockoutObserver observer,
            Ticker ticker,
            RandomGenerator random) {
        this.policy = policy;
        this.lists = lists;
        this.familiarSources = familiarSources;
        this.processKey = processKey;
        this.observer = observer;
        this.random = random;
        this.suspects = new Suspects(policy.slowing().halfLife(), policy.mostRemembered(), ticker);
        this.names = new Names(policy.names(), policy.mostRemembered(), ticker, random);
        this.sources = new Sources(policy.sources(), policy.mostRemembered(), processKey, ticker, random);
        this.waitingRoom =
                new WaitingRoom(policy.slowing().most(), policy.slowing().mostPerSource());
    }

    /** Whether the name has logged in from there before. */
    public boolean isFamiliar(LoginAttempt attempt) {
        return familiarSources.isFamiliar(attempt.name(), SourceNetwork.of(attempt.client()));
    }

    /** Who is refused before anything is asked of the store. */
    public Optional<Denied> denies(LoginAttempt attempt) {
        return lists.denies(attempt) ? Optional.of(ON_THE_LIST) : Optional.empty();
    }

    /** Who is refused before the secret is looked at. */
    public Optional<Denied> bars(LoginAttempt attempt) {
        Optional<Denied> onTheList = denies(attempt);
        if (onTheList.isPresent()) {
            return onTheList;
        }
        return maySpendLooks() && !isNearFamiliar(attempt) && !mayTry(attempt) ? Optional.of(HELD) : Optional.empty();
    }

    /** Whether {@link #bars} may use up the one look that a stranger on hold has in a window. */
    public boolean maySpendLooks() {
        return !policy.admitValidDuringHold() && !isLearning();
    }

    /** Enough for a secret that nobody can guess: what is only near is weighed like a stranger for a wrong one. */
    private boolean isNearFamiliar(LoginAttempt attempt) {
        return familiarSources.isNearFamiliar(attempt.name(), SourceNetwork.of(attempt.client()));
    }

    /**
     * The outcome that the client gets. Only a wrong secret counts: an outage makes nobody a suspect.
     * Whoever is {@link Slowed} has a place to wait in until {@link #told}.
     */
    public LoginOutcome weigh(LoginAttempt attempt, LoginOutcome outcome) {
        return switch (outcome) {
            case Accepted _ -> {
                welcome(attempt);
                yield outcome;
            }
            case Denied denied
            when denied.reason().isGuess() -> {
                LoginOutcome weighed = weighGuess(attempt, denied);
                yield isLearning() ? outcome : seat(attempt, weighed);
            }
            case Denied denied
            when denied.reason() == Reason.REVOKED -> {
                LoginOutcome weighed = weighStale(attempt, denied);
                yield isLearning() ? outcome : seat(attempt, weighed);
            }
            case Denied _, Slowed _, TurnedAway _, Unavailable _ -> outcome;
        };
    }

    /** The client has its answer. */
    public void told(LoginAttempt attempt, LoginOutcome outcome) {
        if (outcome instanceof Slowed) {
            waitingRoom.leave(SourceNetwork.of(attempt.client()));
        }
    }

    public Holds holds() {
        return new Holds(names, sources, processKey);
    }

    /** How many slow answers wait now. */
    public int delayedAnswers() {
        return waitingRoom.waiting();
    }

    /** How often a secret came again that had been wrong before. */
    public long staleRepeats() {
        return staleRepeats.sum();
    }

    private void welcome(LoginAttempt attempt) {
        SourceNetwork source = SourceNetwork.of(attempt.client());
        familiarSources.succeeded(attempt.name(), source);
        sources.succeeded(source);
        suspects.forgive(Guess.Marks.pair(attempt.name(), source, processKey));
    }

    private LoginOutcome weighGuess(LoginAttempt attempt, Denied denied) {
        Guess guess = Guess.of(attempt, processKey);
        Sighting sighting = suspects.sees(guess);
        if (sighting.again()) {
            staleRepeats.increment();
            return slowed(sighting.times(), denied);
        }
        boolean familiar = familiarSources.isFamiliar(guess.name(), guess.source());
        boolean nameHeld = !familiar && holdsAfter(guess, attempt);
        Weight weight = weightOf(guess, attempt);
        if (nameHeld || weight.refused()) {
            return HELD;
        }
        int free =
                familiar ? policy.slowing().familiarMisses() : policy.slowing().freeMisses();
        return slowed(Math.max(sighting.times() - free, weight.over() > 0 ? weight.over() + 1 : 0), denied);
    }

    /** A device that nobody told of the new secret: slow, more so each time, and no mark against anybody. */
    private LoginOutcome weighStale(LoginAttempt attempt, Denied denied) {
        Sighting sighting = suspects.sees(Guess.of(attempt, processKey));
        if (sighting.again()) {
            staleRepeats.increment();
        }
        return sighting.again() ? slowed(sighting.times(), denied) : denied;
    }

    private boolean holdsAfter(Guess guess, LoginAttempt attempt) {
        names.guessed(guess).ifPresent(hold -> observer.holdBegan(hold, attempt));
        return names.holds(guess.marks().name());
    }

    private Weight weightOf(Guess guess, LoginAttempt attempt) {
        if (lists.allows(attempt)) {
            return Weight.NONE;
        }
        Weight weight = sources.failed(guess);
        weight.begun().forEach(hold -> observer.holdBegan(hold, attempt));
        return weight;
    }

    private LoginOutcome slowed(int times, Denied denied) {
        Duration delay = policy.slowing().delay().after(times, random);
        return delay.isZero() ? denied : new Slowed(delay, denied);
    }

    private LoginOutcome seat(LoginAttempt attempt, LoginOutcome outcome) {
        return !(outcome instanceof Slowed(var _, Denied why)) || waitingRoom.enter(SourceNetwork.of(attempt.client()))
                ? outcome
                : new TurnedAway(why);
    }

    /** Whether a secret that may be guessed is looked at. */
    public boolean trusts(LoginAttempt attempt) {
        return isLearning() || mayTry(attempt);
    }

    /** A stranger on hold gets one look in a window. */
    private boolean mayTry(LoginAttempt attempt) {
        SourceNetwork source = SourceNetwork.of(attempt.client());
        Guess.Marks marks = Guess.Marks.of(attempt.name(), source, processKey);
        boolean held = names.holds(marks.name()) || (!lists.allows(attempt) && sources.refuses(source));
        return !held
                || familiarSources.isFamiliar(attempt.name(), source)
                || suspects.probes(marks.pair(), policy.names().window());
    }

    private boolean isLearning() {
        return policy.mode() == LockoutPolicy.Mode.LEARN;
    }
}
