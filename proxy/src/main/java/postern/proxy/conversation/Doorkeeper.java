package postern.proxy.conversation;

import java.time.InstantSource;
import postern.credentials.Authenticator;
import postern.proxy.listen.ConnectionObserver;
import postern.proxy.session.LiveSessions;
import postern.proxy.upstream.UpstreamDoor;

/** Who decides about a client, who opens its mailbox, who keeps the list of those inside, and who counts the others. */
public record Doorkeeper(
        Authenticator authenticator,
        UpstreamDoor upstream,
        LiveSessions sessions,
        ConnectionObserver connections,
        InstantSource clock) {}
