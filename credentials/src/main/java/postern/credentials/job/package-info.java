/**
 * Long work that an administrator starts, looks at, and may stop. Start at {@link postern.credentials.job.JobStore}:
 * what is to be done is written down before anything is done, and whichever node has time goes on with it.
 */
@NullMarked
package postern.credentials.job;

import org.jspecify.annotations.NullMarked;
