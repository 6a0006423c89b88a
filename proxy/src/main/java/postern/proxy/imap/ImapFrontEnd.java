package postern.proxy.imap;

import io.netty.channel.ChannelPipeline;
import postern.proxy.conversation.ClientConversation;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.listen.DoorRules;
import postern.proxy.listen.DoorTls;
import postern.proxy.listen.FrontEnd;
import postern.proxy.session.Handlers;

/**
 * The order of things on an IMAP connection until it is joined to its mailbox.
 *
 * <pre>
 *   tls ─→ deadline ─→ frames ─→ login
 * </pre>
 */
public record ImapFrontEnd(Doorkeeper doorkeeper) implements FrontEnd {

    @Override
    public void attach(ChannelPipeline client, DoorTls tls, DoorRules rules) {
        ImapLanguage language = new ImapLanguage(rules.beforeLogin());
        client.addLast(Handlers.FRAMES, new ImapFrames(rules.beforeLogin()))
                .addLast(Handlers.LOGIN, new ClientConversation<>(language, doorkeeper, tls, rules.names()));
    }
}
