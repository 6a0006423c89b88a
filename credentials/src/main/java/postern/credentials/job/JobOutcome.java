package postern.credentials.job;

import java.util.Locale;

/** What came of one of the things that a job is about. Prints as the store writes it. */
public enum JobOutcome {
    /** It was not its turn yet, or the job was stopped before. */
    PENDING,
    REVOKED,
    /** Somebody else had revoked it meanwhile, or its owner was erased. */
    GONE;

    public boolean isFailure() {
        return switch (this) {
            case PENDING, REVOKED, GONE -> false;
        };
    }

    public static JobOutcome parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
