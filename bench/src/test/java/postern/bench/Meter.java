package postern.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/**
 * What was taken so far: others on the machine change it little, unlike the time that something took.
 *
 * @param cpuNanos by the whole process, collector and compiler included
 * @param allocatedBytes by the thread that asks
 */
record Meter(long cpuNanos, long allocatedBytes) {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
    private static final int COLLECTIONS = 3;

    static final Meter ZERO = new Meter(0, 0);

    static Meter read() {
        return new Meter(PROCESS.getProcessCpuTime(), THREADS.getCurrentThreadAllocatedBytes());
    }

    /** Of the thread that asks, and nothing else. */
    static long threadCpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    Meter since(Meter earlier) {
        return new Meter(cpuNanos - earlier.cpuNanos, allocatedBytes - earlier.allocatedBytes);
    }

    Meter plus(Meter other) {
        return new Meter(cpuNanos + other.cpuNanos, allocatedBytes + other.allocatedBytes);
    }

    double cpuMicrosOfOne(int count) {
        return cpuNanos / 1e3 / count;
    }

    double cpuMillis() {
        return cpuNanos / 1e6;
    }

    double bytesOfOne(int count) {
        return (double) allocatedBytes / count;
    }

    /** What lives on the heap: the least that is left after several collections. */
    static long liveHeapBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, MEMORY.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
