package postern.credentials.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AccountSnapshot;
import postern.credentials.Actor;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.By;
import postern.credentials.CredentialStore;
import postern.credentials.DevicePin;
import postern.credentials.LastUse;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.AuditedPins;
import postern.credentials.audit.Origin;

/** What the right secret leaves behind. Nobody waits for it, and nobody is refused for want of it. */
public final class Aftermath {

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
    private static final long MOST_REMEMBERED = 100_000;

    private final LastUses lastUses;
    private final DeviceUses deviceUses;
    private final Renewal renewal;
    private final CredentialStore store;
    private final Consumer<AuditEvent> events;
    private final AuditedPins pins;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Executor later;

    /** Those that were first used here, until the store says so. */
    private final Cache<AppPasswordId, Boolean> firstUsed = remembered();

    /** Those whose end was told of. */
    private final Cache<Expired, Boolean> expired = remembered();

    private record Expired(AppPasswordId one, Optional<Instant> at) {}

    /**
     * @param events for the audit trail; never waits
     * @param later starts a virtual thread for what takes its time
     */
    public Aftermath(
            LastUses lastUses,
            DeviceUses deviceUses,
            Renewal renewal,
            CredentialStore store,
            Consumer<AuditEvent> events,
            AuditedPins pins,
            InstantSource clock,
            RandomGenerator random,
            Executor later) {
        this.lastUses = lastUses;
        this.deviceUses = deviceUses;
        this.renewal = renewal;
        this.store = store;
        this.events = events;
        this.pins = pins;
        this.clock = clock;
        this.random = random;
        this.later = later;
    }

    /**
     * Somebody was let in.
     *
     * @param familiar whether they had come from there before, or were expected to
     */
    void accepted(LoginAttempt attempt, AppPassword used, AccountSnapshot account, boolean familiar) {
        DevicePin pin = used.scope().pin();
        if (isFirstUse(used, account)) {
            tell(AuditKind.APP_PASSWORD_FIRST_USED, attempt, used);
        } else if (!familiar) {
            tell(AuditKind.APP_PASSWORD_USED_NEW_SOURCE, attempt, used);
        }
        if (pin.isOther(attempt.device())) {
            pins.otherDevice(attempt, used);
        }
        Instant now = clock.instant();
        lastUses.note(used.id(), new LastUse(now, attempt.protocol(), attempt.client(), attempt.device()));
        deviceUses.note(used.id(), attempt, now);
        if (attempt.byAddress().isEmpty()) {
            renewal.consider(attempt.secret(), used);
        }
        if (pin.takes(attempt.device())) {
            later.execute(() -> pin(used, attempt.device()));
        }
    }

    /** The secret was right, and it is not let in. That its time is over is told by the first who notices. */
    void refused(LoginAttempt attempt, AppPassword proven, Reason reason) {
        Expired end = new Expired(proven.id(), proven.scope().expiresAt());
        if (reason == Reason.EXPIRED && expired.asMap().putIfAbsent(end, true) == null) {
            String what = end.one() + end.at().map(at -> " " + at).orElse("");
            events.accept(AuditEvent.once(AuditKind.APP_PASSWORD_EXPIRED, Actor.system("login"), clock.instant(), what)
                    .about(proven.owner(), proven.id())
                    .from(Origin.of(attempt))
                    .with("name", proven.name()));
        }
    }

    private static <K> Cache<K, Boolean> remembered() {
        return Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    }

    private boolean isFirstUse(AppPassword used, AccountSnapshot account) {
        return !account.lastUses().containsKey(used.id()) && firstUsed.asMap().putIfAbsent(used.id(), true) == null;
    }

    private void tell(AuditKind kind, LoginAttempt attempt, AppPassword used) {
        events.accept(AuditEvent.of(kind, Actor.person(used.owner()), clock.instant(), random)
                .about(used.owner(), used.id())
                .from(Origin.of(attempt))
                .with("name", used.name()));
    }

    private void pin(AppPassword used, Optional<String> device) {
        try {
            store.revise(used.owner(), used.id(), now -> pinned(now, device), By.system("login", clock.instant()));
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
