package postern.app;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import postern.config.LockoutEntrySettings;
import postern.config.LockoutSettings;
import postern.credentials.FamiliarSource;
import postern.credentials.FamiliarSourceStore;
import postern.credentials.FamiliarSources;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;
import postern.credentials.backlog.Backlog;
import postern.credentials.throttle.Doubling;
import postern.credentials.throttle.ListEntry;
import postern.credentials.throttle.LockoutPolicy;
import postern.credentials.throttle.NameLimits;
import postern.credentials.throttle.OperatorLists;
import postern.credentials.throttle.RecentFamiliarSources;
import postern.credentials.throttle.Slowing;
import postern.credentials.throttle.SourceLimits;

/** The lockout's part of {@link Wiring}: from what the operator set to what the domain asks for. */
final class LockoutWiring {

    private static final Backlog.Pace FAMILIAR_SOURCES =
            new Backlog.Pace(100_000, Duration.ofSeconds(1), Duration.ZERO);

    private LockoutWiring() {}

    static LockoutPolicy policy(LockoutSettings settings) {
        return new LockoutPolicy(
                switch (settings.mode()) {
                    case LEARN -> LockoutPolicy.Mode.LEARN;
                    case ENFORCE -> LockoutPolicy.Mode.ENFORCE;
                },
                settings.admitValidDuringHold(),
                slowing(settings.delays(), settings.familiar().freeMisses()),
                names(settings.names()),
                sources(settings.sources()),
                settings.mostRemembered());
    }

    static OperatorLists lists(LockoutSettings settings, InstantSource clock) throws StartException {
        return new OperatorLists(entries(settings.allow()), entries(settings.deny()), clock);
    }

    /** In memory; what is new is written behind the login. */
    static FamiliarSources familiarSources(
            LockoutSettings.Familiar settings,
            FamiliarSourceStore store,
            InstantSource clock,
            Ticker ticker,
            Shutdown shutdown) {
        Backlog<FamiliarSource, Instant> seen = shutdown.of(
                "familiar sources",
                new Backlog<>(
                        "familiar sources",
                        some -> store.seen(some, settings.mostPerName()),
                        FAMILIAR_SOURCES,
                        ticker));
        seen.start();
        return new RecentFamiliarSources(
                settings.keep(), settings.mostPerName(), settings.mostNames(), clock, ticker, seen::note);
    }

    private static Slowing slowing(LockoutSettings.Delays settings, int familiarMisses) {
        return new Slowing(
                settings.freeMisses(),
                familiarMisses,
                new Doubling(settings.first(), settings.longest()),
                settings.halfLife(),
                settings.most(),
                settings.mostPerSource());
    }

    private static NameLimits names(LockoutSettings.Names settings) {
        return new NameLimits(
                settings.wrongSecrets(),
                settings.window(),
                settings.sourcesPerDay(),
                new Doubling(settings.firstHold(), settings.longestHold()));
    }

    private static SourceLimits sources(LockoutSettings.Sources settings) {
        return new SourceLimits(
                settings.slowAfter(),
                settings.refuseAfter(),
                settings.window(),
                settings.trustedFactor(),
                settings.trustedFor(),
                new Doubling(settings.firstRefusal(), settings.longestRefusal()));
    }

    private static List<ListEntry> entries(List<LockoutEntrySettings> entries) throws StartException {
        try {
            return entries.stream().map(LockoutWiring::entry).toList();
        } catch (IllegalArgumentException e) {
            throw new StartException("lockout.allow, lockout.deny: " + e.getMessage(), e);
        }
    }

    private static ListEntry entry(LockoutEntrySettings entry) {
        return new ListEntry(
                entry.network().map(SourceNetwork::parse),
                entry.name().map(LoginName::new),
                entry.reason(),
                entry.author(),
                entry.until(),
                entry.hard());
    }
}
