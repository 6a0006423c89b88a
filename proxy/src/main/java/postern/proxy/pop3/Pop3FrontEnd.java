package postern.proxy.pop3;

import io.netty.channel.ChannelPipeline;
import postern.credentials.NameRules;
import postern.proxy.conversation.ClientConversation;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.LineFrames;
import postern.proxy.listen.DoorTls;
import postern.proxy.listen.FrontEnd;
import postern.proxy.session.Handlers;

/**
 * The order of things on a POP3 connection until it is joined to its mailbox.
 *
 * <pre>
 *   tls ─→ deadline ─→ frames ─→ login
 * </pre>
 */
public record Pop3FrontEnd(Doorkeeper doorkeeper) implements FrontEnd {

    @Override
    public void attach(ChannelPipeline client, DoorTls tls, NameRules names) {
        client.addLast(Handlers.FRAMES, new LineFrames())
                .addLast(Handlers.LOGIN, new ClientConversation<>(new Pop3Language(), doorkeeper, tls, names));
    }
}
