package postern.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import postern.config.Settings;
import postern.config.StoreEngine;
import postern.config.StoreSettings;
import postern.credentials.By;
import postern.credentials.StoreUnavailableException;

/** What a command on the host does with the store, also while the server runs. */
final class StoreCommand {

    private static final InstantSource CLOCK = InstantSource.system();

    private StoreCommand() {}

    /** Something to be done with it. */
    interface Act {
        int with(Stores stores) throws StoreUnavailableException, IOException, StartException;
    }

    /** Whoever types at the host. */
    static By by() {
        return By.administrator(System.getProperty("user.name") + " on the host", CLOCK.instant());
    }

    /** Whoever asks for what is in a store does not want a new one. */
    static int on(Settings settings, Act act) throws StartException {
        StoreSettings store = settings.store();
        if (store.engine() == StoreEngine.SQLITE && !Files.isRegularFile(Path.of(store.sqliteFile()))) {
            throw new StartException(store.sqliteFile() + ": is not there (expected: the store)");
        }
        SecureRandom random = new SecureRandom();
        try (Shutdown shutdown = new Shutdown()) {
            return act.with(Stores.open(DataDirectory.open(settings), settings, CLOCK, random, shutdown));
        } catch (StoreUnavailableException e) {
            throw new StartException("store: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }
}
