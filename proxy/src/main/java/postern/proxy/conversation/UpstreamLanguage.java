package postern.proxy.conversation;

import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamSettings;
import postern.credentials.Protocol;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.UpstreamProof;

/**
 * How one protocol is spoken with upstreams.
 *
 * @param <S> its states
 */
public interface UpstreamLanguage<S extends UpstreamState<S>> {

    Protocol protocol();

    /** Where that upstream speaks it. */
    UpstreamDoorSettings door(UpstreamSettings upstream);

    /** Whether what a client says to it is looked at. */
    default boolean isGuarded(UpstreamSettings upstream) {
        return true;
    }

    /** Connected, and nothing was said yet. */
    S begin(UpstreamProof proof, Errand errand, UpstreamSettings upstream);
}
