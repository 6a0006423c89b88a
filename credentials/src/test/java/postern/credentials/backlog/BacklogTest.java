package postern.credentials.backlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.StoreUnavailableException;
import postern.credentials.backlog.Backlog.Pace;

class BacklogTest {

    private final AtomicLong nanos = new AtomicLong();
    private final List<Map<String, Integer>> written = new CopyOnWriteArrayList<>();
    private boolean away;
    private final Backlog<String, Integer> backlog = new Backlog<>(
            "numbers", this::take, new Pace(1000, Duration.ofMillis(10), Duration.ofMinutes(1)), nanos::get);

    private void take(Map<String, Integer> batch) throws StoreUnavailableException {
        if (away) {
            throw new StoreUnavailableException("away", new IOException());
        }
        written.add(batch);
    }

    @AfterEach
    void close() {
        backlog.close();
    }

    @Test
    void ofEachKeyTheLatestValueIsWrittenAndThenItRests() {
        backlog.note("a", 1);
        backlog.note("a", 2);
        backlog.write();
        backlog.note("a", 3);
        backlog.write();
        assertThat(written).containsExactly(Map.of("a", 2));

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        backlog.write();

        assertThat(written).containsExactly(Map.of("a", 2), Map.of("a", 3));
    }

    @Test
    void whatCannotBeWrittenIsWrittenLater() {
        away = true;
        backlog.note("a", 1);
        backlog.write();
        backlog.note("b", 2);
        away = false;
        backlog.write();

        assertThat(written).containsExactly(Map.of("a", 1, "b", 2));
    }

    @Test
    void whatFindsNoPlaceIsDroppedAndCounted() {
        for (int i = 0; i < 1500; i++) {
            backlog.note("key" + i, i);
        }
        backlog.note("key0", -1);
        backlog.write();

        assertThat(backlog.dropped()).isEqualTo(500);
        assertThat(written).extracting(Map::size).containsExactly(500, 500);
        Map<String, Integer> all = new HashMap<>();
        written.forEach(all::putAll);
        assertThat(all).hasSize(1000).containsEntry("key0", -1);
    }

    @Test
    void whatIsForgottenIsNotWritten() {
        backlog.note("a", 1);
        backlog.note("b", 2);
        backlog.forget("a"::equals);
        backlog.write();

        assertThat(written).containsExactly(Map.of("b", 2));
    }

    @Test
    void whatIsLeftIsWrittenAtTheEndDueOrNot() {
        backlog.note("a", 1);
        backlog.write();
        backlog.note("a", 2);
        backlog.close();

        assertThat(written).containsExactly(Map.of("a", 1), Map.of("a", 2));
    }

    @Test
    void oneThatWasStartedWritesByItself() {
        backlog.start();
        backlog.note("a", 1);

        await().until(() -> new ArrayList<>(written), List.of(Map.of("a", 1))::equals);
    }
}
