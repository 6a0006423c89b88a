package postern.credentials.throttle;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import postern.credentials.Held;
import postern.credentials.HoldKind;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;
import postern.credentials.hash.FingerprintKey;

/** Who is on hold now, as this node sees it. Ended, on every node, by {@link SharedHolds}. */
public final class Holds {

    private final Names names;
    private final Sources sources;
    private final FingerprintKey processKey;

    Holds(Names names, Sources sources, FingerprintKey processKey) {
        this.names = names;
        this.sources = sources;
        this.processKey = processKey;
    }

    public List<Hold> list() {
        return all().toList();
    }

    public long count(HoldKind kind) {
        return all().filter(hold -> hold.kind() == kind).count();
    }

    /** Forgets, here alone, all that led to it; false when there was no hold. */
    boolean clear(Held held) {
        return switch (held.kind()) {
            case NAME, DISTRIBUTED -> names.clear(processKey.mark(held.subject()));
            case SOURCE -> sources.clear(SourceNetwork.parse(held.subject()));
        };
    }

    /** One that began elsewhere, or before a restart. */
    void take(SharedHold told, Duration left) {
        Held held = told.held();
        switch (held.kind()) {
            case NAME, DISTRIBUTED -> names.take(processKey.mark(held.subject()), told, left);
            case SOURCE -> sources.take(SourceNetwork.parse(held.subject()), told, left);
        }
    }

    private Stream<Hold> all() {
        return Stream.concat(names.held(), sources.held());
    }
}
