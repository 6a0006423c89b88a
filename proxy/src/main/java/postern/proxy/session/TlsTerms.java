package postern.proxy.session;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * What a client and we have agreed on.
 *
 * @param version {@code TLSv1.3}
 * @param cipher as JSSE calls it
 */
public record TlsTerms(String version, String cipher) {

    /** Empty where nothing is encrypted. */
    public static Optional<TlsTerms> of(Channel client) {
        if (!(client.pipeline().get(Handlers.TLS) instanceof SslHandler tls)) {
            return Optional.empty();
        }
        SSLSession agreed = tls.engine().getSession();
        return Optional.of(new TlsTerms(agreed.getProtocol(), agreed.getCipherSuite()));
    }
}
