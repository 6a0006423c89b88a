package postern.proxy.smtp;

import io.netty.channel.ChannelPipeline;
import postern.proxy.conversation.ClientConversation;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.LineFrames;
import postern.proxy.listen.DoorRules;
import postern.proxy.listen.DoorTls;
import postern.proxy.listen.FrontEnd;
import postern.proxy.session.Handlers;

/**
 * The order of things on a submission until it is joined to its mail server.
 *
 * <pre>
 *   tls ─→ deadline ─→ frames ─→ login
 * </pre>
 */
public record SmtpFrontEnd(Doorkeeper doorkeeper, SmtpOffer offer, EnvelopeRules.Source rules) implements FrontEnd {

    @Override
    public void attach(ChannelPipeline client, DoorTls tls, DoorRules at) {
        SmtpLanguage language = new SmtpLanguage(offer, rules, at.beforeLogin());
        client.addLast(Handlers.FRAMES, new LineFrames(at.beforeLogin()))
                .addLast(Handlers.LOGIN, new ClientConversation<>(language, doorkeeper, tls, at.names()));
    }
}
