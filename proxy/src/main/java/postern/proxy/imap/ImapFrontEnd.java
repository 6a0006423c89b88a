package postern.proxy.imap;

import io.netty.channel.ChannelPipeline;
import java.time.InstantSource;
import postern.config.ListenerTls;
import postern.credentials.Authenticator;
import postern.credentials.NameRules;
import postern.proxy.listen.DoorTls;
import postern.proxy.listen.FrontEnd;
import postern.proxy.session.Handlers;
import postern.proxy.session.LiveSessions;
import postern.proxy.upstream.UpstreamDoor;

/**
 * The order of things on an IMAP connection until it is joined to its mailbox.
 *
 * <pre>
 *   tls ─→ deadline ─→ frames ─→ login
 * </pre>
 */
public record ImapFrontEnd(
        Authenticator authenticator, UpstreamDoor upstream, LiveSessions sessions, InstantSource clock)
        implements FrontEnd {

    @Override
    public void attach(ChannelPipeline client, DoorTls tls, NameRules names) {
        client.addLast(Handlers.FRAMES, new ImapFrames())
                .addLast(Handlers.LOGIN, new ImapConversation(this, tls, names, tls.mode() == ListenerTls.IMPLICIT));
    }
}
