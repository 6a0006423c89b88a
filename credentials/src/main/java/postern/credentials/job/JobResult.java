package postern.credentials.job;

import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;

/**
 * What came of one of them.
 *
 * @param place its number among the things that the job is about, by which the next page is asked for
 */
public record JobResult(long place, LoginName owner, AppPasswordId appPassword, JobOutcome outcome) {}
