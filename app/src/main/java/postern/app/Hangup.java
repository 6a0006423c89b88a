package postern.app;

import sun.misc.Signal;

/**
 * SIGHUP, by which operators and systemd ask a server to read its files again. The JDK has had this class since the
 * beginning and has no other way; the module is jdk.unsupported, and stays until there is one (JEP 260).
 */
final class Hangup {

    private Hangup() {}

    /** Instead of ending the process, which is what the JVM does by itself. */
    static void then(Runnable task) {
        var _ = Signal.handle(new Signal("HUP"), _ -> task.run());
    }
}
