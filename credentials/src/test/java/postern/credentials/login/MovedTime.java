package postern.credentials.login;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock and a timer that a test moves by hand. */
public final class MovedTime implements Ticker, AnswerGrid.Timer {

    private record Task(long at, Runnable task) {}

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::at));
    private long now;

    @Override
    public long read() {
        return now;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(new Task(now + delay.toNanos(), task));
    }

    public void pass(Duration time) {
        long then = now + time.toNanos();
        while (!tasks.isEmpty() && tasks.peek().at() <= then) {
            Task next = tasks.remove();
            now = next.at();
            next.task().run();
        }
        now = then;
    }
}
