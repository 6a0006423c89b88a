package postern.bench.doors;

/**
 * A server between clients and the mailbox.
 *
 * @param port where it speaks TLS
 */
public record Door(String name, int port, Program program) implements AutoCloseable {

    /** So far, by all its processes. */
    public double cpuSeconds() {
        return program.tree().cpuSeconds();
    }

    /** Now, of all its processes. */
    public double memoryKib() {
        return program.tree().memoryKib();
    }

    public long pid() {
        return program.pid();
    }

    @Override
    public void close() {
        program.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
