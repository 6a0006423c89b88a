package postern.proxy.imap;

import java.util.List;
import java.util.stream.Stream;

/** Where a login upstream goes next, and what the channel must do about it, in order. */
record ImapUpstreamStep(ImapUpstreamState next, List<ImapUpstreamEffect> effects) {

    static ImapUpstreamStep to(ImapUpstreamState next) {
        return new ImapUpstreamStep(next, List.of());
    }

    ImapUpstreamStep and(ImapUpstreamEffect last) {
        return new ImapUpstreamStep(
                next, Stream.concat(effects.stream(), Stream.of(last)).toList());
    }
}
