package postern.credentials.job;

import java.util.List;

/** What a job does. */
public sealed interface JobWork {

    /**
     * Revokes the app passwords that were found by these when the job was begun.
     *
     * @param criteria but what was said of somebody who was erased since
     */
    record Revocation(List<Criterion> criteria) implements JobWork {

        public Revocation {
            criteria = List.copyOf(criteria);
        }
    }
}
