package postern.credentials.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How far a job is.
 *
 * <pre>
 * QUEUED ───▶ RUNNING ───▶ DONE
 *    │           │ │
 *    │           │ └─────▶ FAILED
 *    │           ▼
 *    └──────▶ CANCELLED
 * </pre>
 *
 * <p>A node that dies leaves a job running; another goes on with it. Prints as the store writes it.
 */
public enum JobState {
    QUEUED,
    RUNNING,
    /** All of it was tried; what came of each thing is told with it. */
    DONE,
    /** Somebody stopped it. What was done stays done. */
    CANCELLED,
    /** We could not go on, for a reason that trying again does not cure; the log has it. */
    FAILED;

    /** What it may be after this. */
    public Set<JobState> next() {
        return switch (this) {
            case QUEUED -> Set.of(RUNNING, CANCELLED);
            case RUNNING -> Set.of(DONE, CANCELLED, FAILED);
            case DONE, CANCELLED, FAILED -> Set.of();
        };
    }

    /** Nothing more will be done. */
    public boolean isOver() {
        return next().isEmpty();
    }

    /** From where there is a way to this one. */
    public List<JobState> before() {
        return Arrays.stream(values()).filter(one -> one.next().contains(this)).toList();
    }

    public static JobState parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
