package postern.credentials.login;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AppPassword;
import postern.credentials.By;
import postern.credentials.CredentialStore;
import postern.credentials.DevicePin;
import postern.credentials.LastUse;
import postern.credentials.LoginAttempt;
import postern.credentials.StoreUnavailableException;

/** What a success leaves behind. Nobody waits for it, and nobody is refused for want of it. */
public final class Aftermath {

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);

    private final LastUses lastUses;
    private final Renewal renewal;
    private final CredentialStore store;
    private final InstantSource clock;
    private final Executor later;

    /**
     * @param later starts a virtual thread for what takes its time
     */
    public Aftermath(LastUses lastUses, Renewal renewal, CredentialStore store, InstantSource clock, Executor later) {
        this.lastUses = lastUses;
        this.renewal = renewal;
        this.store = store;
        this.clock = clock;
        this.later = later;
    }

    void accepted(LoginAttempt attempt, AppPassword used) {
        lastUses.note(used.id(), new LastUse(clock.instant(), attempt.protocol(), attempt.client(), attempt.device()));
        renewal.consider(attempt.secret(), used);
        if (used.scope().pin().takes(attempt.device())) {
            later.execute(() -> pin(used, attempt.device()));
        }
    }

    private void pin(AppPassword used, Optional<String> device) {
        try {
            store.revise(used.owner(), used.id(), now -> pinned(now, device), By.system(clock.instant()));
        } catch (StoreUnavailableException e) {
            LOG.atWarn()
                    .addKeyValue("app_password", used.id())
                    .addKeyValue("cause", e.getMessage())
                    .log("the first device is not pinned yet; the next login tries again");
        }
    }

    /** Another login may have been first. */
    private static AppPassword pinned(AppPassword now, Optional<String> device) {
        DevicePin pin = now.scope().pin();
        return pin.takes(device) ? now.withScope(scope -> scope.withPin(new DevicePin(pin.mode(), device))) : now;
    }
}
