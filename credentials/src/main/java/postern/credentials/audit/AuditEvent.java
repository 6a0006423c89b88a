package postern.credentials.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import postern.credentials.Actor;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.OneLine;

/**
 * Something that was decided or changed. Never has a secret in it; what merely looks like one is
 * starred out.
 *
 * @param subject whom it is about; without one, nothing in it may name a person
 * @param reason a code, never what somebody wrote: it stays when the person is erased
 * @param times for how many this one stands
 * @param facts what else there is to know, "before" and "after" for example; they go with the person
 */
public record AuditEvent(
        AuditEventId id,
        Instant at,
        AuditKind kind,
        Actor actor,
        Optional<LoginName> subject,
        Optional<AppPasswordId> appPassword,
        Origin origin,
        Outcome outcome,
        Optional<String> reason,
        long times,
        SortedMap<String, String> facts) {

    private static final int MOST_FACTS = 16;
    private static final int MAX_FACT = 500;
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** What came of it. Unknown is what we could not decide. */
    public enum Outcome {
        SUCCESS,
        FAILURE,
        UNKNOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AuditEvent {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        reason.ifPresent(code -> checkCode("reason", code));
        if (times < 1) {
            throw new IllegalArgumentException("times: " + times + " (expected: 1 or more)");
        }
        if (facts.size() > MOST_FACTS) {
            throw new IllegalArgumentException("facts: " + facts.size() + " (expected: at most " + MOST_FACTS + ")");
        }
        facts.keySet().forEach(name -> checkCode("fact", name));
        SortedMap<String, String> fit = new TreeMap<>(facts);
        fit.replaceAll((_, value) -> OneLine.of(value, MAX_FACT));
        facts = Collections.unmodifiableSortedMap(fit);
    }

    private static void checkCode(String what, String code) {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException(what + ": not a code (expected: a-z, 0-9 and _, at most 40)");
        }
    }

    /** That it was done, by them; the rest is told by the methods below. */
    public static AuditEvent of(AuditKind kind, Actor actor, Instant at, RandomGenerator random) {
        return of(kind, actor, at, AuditEventId.draw(random));
    }

    /**
     * That it is so: the first who notices tells of it, on whichever node, and the chain takes it once.
     *
     * @param what else of this kind would be another event
     */
    public static AuditEvent once(AuditKind kind, Actor actor, Instant at, String what) {
        return of(kind, actor, at, AuditEventId.of(kind + " " + what));
    }

    private static AuditEvent of(AuditKind kind, Actor actor, Instant at, AuditEventId id) {
        return new AuditEvent(
                id,
                at,
                kind,
                actor,
                Optional.empty(),
                Optional.empty(),
                Origin.NONE,
                Outcome.SUCCESS,
                Optional.empty(),
                1,
                Collections.emptySortedMap());
    }

    public AuditEvent about(LoginName person) {
        return new AuditEvent(
                id, at, kind, actor, Optional.of(person), appPassword, origin, outcome, reason, times, facts);
    }

    public AuditEvent about(LoginName owner, AppPasswordId one) {
        return new AuditEvent(
                id, at, kind, actor, Optional.of(owner), Optional.of(one), origin, outcome, reason, times, facts);
    }

    public AuditEvent from(Origin where) {
        return new AuditEvent(id, at, kind, actor, subject, appPassword, where, outcome, reason, times, facts);
    }

    public AuditEvent ended(Outcome how, String why) {
        return new AuditEvent(id, at, kind, actor, subject, appPassword, origin, how, Optional.of(why), times, facts);
    }

    public AuditEvent with(String fact, String value) {
        SortedMap<String, String> more = new TreeMap<>(facts);
        more.put(fact, value);
        return new AuditEvent(id, at, kind, actor, subject, appPassword, origin, outcome, reason, times, more);
    }

    public AuditEvent times(long howMany) {
        return new AuditEvent(id, at, kind, actor, subject, appPassword, origin, outcome, reason, howMany, facts);
    }

    /** One that stands for so many more like this one, which were not told by themselves. */
    AuditEvent again(AuditEventId other, Instant later, long howMany) {
        return new AuditEvent(other, later, kind, actor, subject, appPassword, origin, outcome, reason, howMany, facts)
                .with("since", Fields.time(at));
    }

    /** The same, of nobody in particular. */
    AuditEvent ofNobody() {
        Origin door =
                new Origin(origin.protocol(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        return new AuditEvent(
                id,
                at,
                kind,
                Actor.system("login"),
                Optional.empty(),
                Optional.empty(),
                door,
                outcome,
                reason,
                times,
                Collections.emptySortedMap());
    }
}
