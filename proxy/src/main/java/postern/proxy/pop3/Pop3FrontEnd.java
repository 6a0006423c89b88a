package postern.proxy.pop3;

import io.netty.channel.ChannelPipeline;
import postern.proxy.conversation.ClientConversation;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.LineFrames;
import postern.proxy.listen.DoorRules;
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
    public void attach(ChannelPipeline client, DoorTls tls, DoorRules rules) {
        Pop3Language language = new Pop3Language(rules.beforeLogin());
        client.addLast(Handlers.FRAMES, new LineFrames(rules.beforeLogin()))
                .addLast(Handlers.LOGIN, new ClientConversation<>(language, doorkeeper, tls, rules.names()));
    }
}
