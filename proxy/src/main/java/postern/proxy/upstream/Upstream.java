package postern.proxy.upstream;

import io.netty.handler.ssl.SslContext;
import postern.config.UpstreamSettings;

/**
 * One mail server we log in at.
 *
 * @param tls verifies it; not used where the settings say that it speaks none
 */
public record Upstream(UpstreamSettings settings, SslContext tls) {

    @Override
    public String toString() {
        return settings.host() + ":" + settings.imap().port();
    }
}
