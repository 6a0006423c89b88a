package postern.proxy.upstream;

import io.netty.handler.ssl.SslContext;
import java.util.concurrent.ThreadLocalRandom;
import postern.config.UpstreamSettings;

/**
 * One mail server we log in at, or several that are as one.
 *
 * @param tls verifies it; not used where the settings say that it speaks none
 * @param proofs with what a mailbox is opened there
 * @param dispersal of those whose sessions end there at once
 */
public record Upstream(UpstreamSettings settings, SslContext tls, ProofSource proofs, Dispersal dispersal) {

    public Upstream(UpstreamSettings settings, SslContext tls, ProofSource proofs) {
        this(
                settings,
                tls,
                proofs,
                new Dispersal(
                        settings.dialing().goodbyesWithin(),
                        () -> ThreadLocalRandom.current().nextDouble()));
    }

    Cleartext cleartext() {
        return Cleartext.of(settings.trust().cleartextNetworks());
    }
}
