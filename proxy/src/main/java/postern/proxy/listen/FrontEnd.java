package postern.proxy.listen;

import io.netty.channel.ChannelPipeline;
import postern.credentials.NameRules;

/** What one protocol does with a client until it is logged in. */
public interface FrontEnd {

    /** Puts its handlers at the end of a new client's pipeline, ready to greet and to read names. */
    void attach(ChannelPipeline client, DoorTls tls, NameRules names);
}
