package postern.proxy.conversation;

import java.time.InstantSource;
import postern.credentials.Authenticator;
import postern.proxy.session.LiveSessions;
import postern.proxy.upstream.UpstreamDoor;

/** Who decides about a client, who opens its mailbox, and who keeps the list of those inside. */
public record Doorkeeper(
        Authenticator authenticator, UpstreamDoor upstream, LiveSessions sessions, InstantSource clock) {}
