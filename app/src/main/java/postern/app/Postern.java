package postern.app;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.Settings;
import postern.credentials.AccountStore;
import postern.credentials.CredentialStore;
import postern.credentials.administration.ApiTokens;
import postern.credentials.issue.AppPasswordIssuer;

/**
 * A running server.
 *
 * @param doors where each listener can be reached, by its name
 * @param managementPort where health and metrics are
 * @param files what is read again while it runs
 */
public record Postern(
        AccountStore accounts,
        CredentialStore store,
        AppPasswordIssuer issuer,
        ApiTokens apiTokens,
        Map<String, InetSocketAddress> doors,
        int adminPort,
        int managementPort,
        Reload files,
        Shutdown shutdown,
        CountDownLatch closed)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Postern.class);

    /** Returns when every door is open, or leaves nothing open behind. */
    public static Postern start(Settings settings) throws StartException {
        Logging.apply(settings.logging());
        return Wiring.start(settings);
    }

    /** Shows the certificates that are in the files now; sessions go on. Files that are no good change nothing. */
    public void renewCertificates() {
        files.now();
    }

    /** Stops in good order; asked twice, the second waits for the first. */
    @Override
    public void close() {
        if (closed.getCount() > 0) {
            LOG.atInfo().log("stopping");
        }
        shutdown.close();
        closed.countDown();
    }

    /** Returns when it was closed. */
    public void awaitClose() throws InterruptedException {
        closed.await();
    }
}
