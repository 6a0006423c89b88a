package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import postern.config.BeforeLoginSettings;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.NameRules;
import postern.credentials.Protocol;
import postern.proxy.conversation.Effect;
import postern.proxy.conversation.Language;
import postern.proxy.conversation.Patience;
import postern.proxy.conversation.Step;
import postern.proxy.imap.ImapState.Asking;
import postern.proxy.imap.ImapState.Closing;
import postern.proxy.imap.ImapState.Deciding;
import postern.proxy.imap.ImapState.Encrypting;
import postern.proxy.imap.ImapState.Greeted;
import postern.proxy.imap.ImapState.Joined;
import postern.proxy.imap.ImapState.Opening;
import postern.proxy.listen.Rights;
import postern.proxy.relay.Farewell;
import postern.proxy.upstream.UpstreamDoor.Mailbox;

/** IMAP as it is spoken with clients: which reader goes with which state. */
record ImapLanguage(BeforeLoginSettings bounds) implements Language<ImapState> {

    @Override
    public Protocol protocol() {
        return Protocol.IMAP;
    }

    @Override
    public Step<ImapState, Effect> hello(boolean encrypted, Rights rights) {
        return ImapState.hello(encrypted, Patience.fresh(bounds));
    }

    @Override
    public Step<ImapState, Effect> hear(ImapState listening, ByteBuf frame, NameRules names) {
        return switch (listening) {
            case Greeted greeted -> greeted.on(ImapCommand.read(frame, names, bounds));
            case Asking asking -> asking.on(asking.exchange().on(new ImapReader(frame).line(), names));
            case Encrypting _, Deciding _, Opening _, Joined _, Closing _ -> Effect.to(listening);
        };
    }

    @Override
    public ImapState deaf() {
        return new Closing();
    }

    @Override
    public Farewell farewell(Mailbox mailbox, LoginName name, AppPasswordId used) {
        return mailbox.trustsUs() ? new ImapGuard(mailbox.manners()) : new ImapFarewell();
    }
}
