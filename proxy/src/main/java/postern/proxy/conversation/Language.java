package postern.proxy.conversation;

import io.netty.buffer.ByteBuf;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.NameRules;
import postern.credentials.Protocol;
import postern.proxy.listen.Rights;
import postern.proxy.relay.Farewell;
import postern.proxy.upstream.UpstreamDoor.Mailbox;

/**
 * How one protocol is spoken with clients.
 *
 * @param <S> its states
 */
public interface Language<S extends ClientState<S>> {

    Protocol protocol();

    /**
     * What is said first, by us.
     *
     * @param rights what this client may do for where it comes from, if that means anything here
     */
    Step<S, Effect> hello(boolean encrypted, Rights rights);

    /** What follows from a frame that came while the state was listening. */
    Step<S, Effect> hear(S listening, ByteBuf frame, NameRules names);

    /** Where nobody is heard: before the first word, and after the last. */
    S deaf();

    /** What is watched once the client and its mailbox speak to each other. */
    Farewell farewell(Mailbox mailbox, LoginName name, AppPasswordId used);
}
