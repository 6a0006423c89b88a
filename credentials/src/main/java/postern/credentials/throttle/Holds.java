package postern.credentials.throttle;

import java.util.List;
import java.util.stream.Stream;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;
import postern.credentials.hash.FingerprintKey;

/** Who is on hold now, and how to end it. */
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

    public long count(Hold.Kind kind) {
        return all().filter(hold -> hold.kind() == kind).count();
    }

    /** Forgets all that strangers tried for this name; false when it was not on hold. */
    public boolean clear(LoginName name) {
        return names.clear(processKey.mark(name.value()));
    }

    /** Forgets all names that failed from this network; false when it was not on hold. */
    public boolean clear(SourceNetwork network) {
        return sources.clear(network);
    }

    private Stream<Hold> all() {
        return Stream.concat(names.held(), sources.held());
    }
}
