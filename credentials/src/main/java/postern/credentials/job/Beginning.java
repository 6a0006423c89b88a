package postern.credentials.job;

/** What came of beginning a job. */
public sealed interface Beginning {

    /** It is queued. */
    record Begun(Job job) implements Beginning {}

    /** It is not what was looked at: somebody else has changed something, and nothing was begun. */
    record Otherwise(Preview now) implements Beginning {}

    /** It is more than one job takes, and nothing was begun. */
    record TooMany(int most) implements Beginning {}
}
