package postern.credentials.job;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.job.JobState.CANCELLED;
import static postern.credentials.job.JobState.DONE;
import static postern.credentials.job.JobState.FAILED;
import static postern.credentials.job.JobState.QUEUED;
import static postern.credentials.job.JobState.RUNNING;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStateTest {

    /** The picture above it, arrow by arrow. */
    @Test
    void whatLeadsWhere() {
        assertThat(QUEUED.next()).containsExactlyInAnyOrder(RUNNING, CANCELLED);
        assertThat(RUNNING.next()).containsExactlyInAnyOrder(DONE, FAILED, CANCELLED);
        assertThat(CANCELLED.before()).containsExactlyInAnyOrder(QUEUED, RUNNING);
        assertThat(DONE.before()).containsExactly(RUNNING);
    }

    @Test
    void threeOfThemAreEnds() {
        assertThat(JobState.values()).filteredOn(JobState::isOver).containsExactly(DONE, CANCELLED, FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void eachIsReadAsItPrints(JobState state) {
        assertThat(JobState.parse(state.toString())).isEqualTo(state);
    }
}
