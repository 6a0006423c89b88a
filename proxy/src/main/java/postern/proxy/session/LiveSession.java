package postern.proxy.session;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.time.Instant;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Protocol;

/** Somebody on the line, from the moment their app password was accepted. */
public record LiveSession(
        Protocol protocol,
        LoginName name,
        AppPasswordId appPassword,
        InetAddress client,
        Instant since,
        Channel channel) {

    /** Asks for a goodbye at the next place where the protocol allows one. */
    void end(SessionEnd why) {
        channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(why));
    }
}
