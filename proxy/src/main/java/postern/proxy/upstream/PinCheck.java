package postern.proxy.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Behind TLS: of a handshake that ended well with a key that is not among the pinned, those behind hear that it failed. Only the
 * server's own key counts: what else it shows along with it, anybody could.
 */
public final class PinCheck extends ChannelInboundHandlerAdapter {

    private final SslHandler tls;
    private final List<String> pins;

    PinCheck(SslHandler tls, List<String> pins) {
        this.tls = tls;
        this.pins = pins;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        boolean done = event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess();
        ctx.fireUserEventTriggered(
                done ? objection().<Object>map(SslHandshakeCompletionEvent::new).orElse(event) : event);
    }

    private Optional<SSLPeerUnverifiedException> objection() {
        try {
            String seen = pin(tls.engine().getSession().getPeerCertificates()[0].getPublicKey());
            return pins.contains(seen)
                    ? Optional.empty()
                    : Optional.of(new SSLPeerUnverifiedException("its key sha256/" + seen + " is not among the pins"));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.of(e);
        }
    }

    /** As RFC 7469 has it. */
    public static String pin(PublicKey key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
