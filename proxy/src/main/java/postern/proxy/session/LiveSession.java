package postern.proxy.session;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SessionId;

/**
 * Somebody on the line, from the moment their app password was accepted.
 *
 * @param device what the client called itself before it logged in
 * @param tls empty when it came in the clear
 */
public record LiveSession(
        SessionId id,
        Protocol protocol,
        LoginName name,
        AppPasswordId appPassword,
        InetAddress client,
        Optional<String> device,
        Optional<TlsTerms> tls,
        Instant since,
        Traffic traffic,
        Channel channel) {

    /** Asks for a goodbye at the next place where the protocol allows one. */
    void end(SessionEnd why) {
        channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(why));
    }

    void endIn(Duration delay, SessionEnd why) {
        var _ = channel.eventLoop()
                .schedule(() -> channel.pipeline().fireUserEventTriggered(why), delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
