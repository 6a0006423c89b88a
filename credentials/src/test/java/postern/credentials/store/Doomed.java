package postern.credentials.store;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import postern.credentials.AppPasswordId;
import postern.credentials.StoreUnavailableException;

/** A process that issues and revokes, tells of each that was acknowledged, and will be killed in the middle of it. */
final class Doomed {

    private static final int THREADS = 4;

    private Doomed() {}

    /**
     * Prints "+ID" for what was issued and "-ID" for what was revoked, every other one.
     *
     * @param arguments a file or a JDBC URL, and how many to issue
     */
    public static void main(String... arguments) throws Exception {
        Node node = Node.on(open(arguments[0]), Node.SELDOM);
        node.addAda();
        int each = Integer.parseInt(arguments[1]) / THREADS;
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int i = 0; i < THREADS; i++) {
            threads.submit(() -> issueAndRevoke(node, each));
        }
        threads.close();
        node.close();
    }

    private static void issueAndRevoke(Node node, int times) {
        try {
            for (int i = 0; i < times; i++) {
                AppPasswordId id = node.issue();
                acknowledge("+", id);
                if (i % 2 == 0) {
                    node.revoke(id);
                    acknowledge("-", id);
                }
            }
        } catch (StoreUnavailableException _) {
            // killed, the server and not us
        }
    }

    /** In one write, so that a line is there whole or not at all. */
    private static void acknowledge(String what, AppPasswordId id) {
        System.out.print(what + id + "\n");
        System.out.flush();
    }

    private static Database open(String where) throws StoreUnavailableException {
        return where.startsWith("jdbc:") ? SamplePostgres.open(where) : SqliteDatabase.open(Path.of(where));
    }
}
