package postern.proxy.upstream;

import io.netty.handler.ssl.SslContext;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamSettings;

/**
 * One mail server we log in at.
 *
 * @param tls verifies it; not used where the settings say that it speaks none
 * @param proofs with what a mailbox is opened there
 */
public record Upstream(UpstreamSettings settings, SslContext tls, ProofSource proofs) {

    /** As operators know it. */
    public String at(UpstreamDoorSettings door) {
        return settings.host() + ":" + door.port();
    }
}
