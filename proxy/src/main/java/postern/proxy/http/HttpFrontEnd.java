package postern.proxy.http;

import io.netty.channel.ChannelPipeline;
import postern.proxy.listen.ConnectionObserver;
import postern.proxy.listen.DoorRules;
import postern.proxy.listen.DoorTls;
import postern.proxy.listen.FrontEnd;
import postern.proxy.session.Handlers;

/**
 * The order of things on an HTTP connection.
 *
 * <pre>
 *   tls ─→ deadline ─→ first words ─→ framing ─→ connection ─→ Armeria's own ─→ RequestGate
 * </pre>
 */
public record HttpFrontEnd(ConnectionObserver observer) implements FrontEnd {

    @Override
    public void attach(ChannelPipeline client, DoorTls tls, DoorRules rules) {
        // Armeria's own are there already, so that ours have to be put in front of them.
        HttpConnection connection = new HttpConnection(tls, rules, observer);
        client.addAfter(Handlers.FIRST_WORDS, Handlers.FRAMES, new FramingGuard(connection::misread));
        client.addAfter(Handlers.FRAMES, Handlers.LOGIN, connection);
    }
}
