package postern.proxy.listen;

import io.netty.channel.ChannelPipeline;

/** What one protocol does with a client until it is logged in. */
public interface FrontEnd {

    /** Puts its handlers at the end of a new client's pipeline, ready to greet and to listen by these rules. */
    void attach(ChannelPipeline client, DoorTls tls, DoorRules rules);
}
