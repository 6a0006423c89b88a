package postern.proxy.pop3;

import io.netty.buffer.ByteBuf;
import postern.config.BeforeLoginSettings;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.NameRules;
import postern.credentials.Protocol;
import postern.proxy.conversation.CommandLine;
import postern.proxy.conversation.Effect;
import postern.proxy.conversation.Language;
import postern.proxy.conversation.Patience;
import postern.proxy.conversation.Step;
import postern.proxy.listen.Rights;
import postern.proxy.pop3.Pop3State.Asking;
import postern.proxy.pop3.Pop3State.Closing;
import postern.proxy.pop3.Pop3State.Deciding;
import postern.proxy.pop3.Pop3State.Encrypting;
import postern.proxy.pop3.Pop3State.Greeted;
import postern.proxy.pop3.Pop3State.Joined;
import postern.proxy.pop3.Pop3State.Named;
import postern.proxy.pop3.Pop3State.Opening;
import postern.proxy.relay.Farewell;
import postern.proxy.upstream.UpstreamDoor.Mailbox;

/** POP3 as it is spoken with clients: which reader goes with which state. */
record Pop3Language(BeforeLoginSettings bounds) implements Language<Pop3State> {

    @Override
    public Protocol protocol() {
        return Protocol.POP3;
    }

    @Override
    public Step<Pop3State, Effect> hello(boolean encrypted, Rights rights) {
        return Pop3State.hello(encrypted, Patience.fresh(bounds));
    }

    @Override
    public Step<Pop3State, Effect> hear(Pop3State listening, ByteBuf frame, NameRules names) {
        return switch (listening) {
            case Greeted greeted -> greeted.on(Pop3Command.read(frame, names));
            case Named named -> named.on(Pop3Command.read(frame, names));
            case Asking asking -> asking.on(asking.exchange().on(new CommandLine(frame).all(), names));
            case Encrypting _, Deciding _, Opening _, Joined _, Closing _ -> Effect.to(listening);
        };
    }

    @Override
    public Pop3State deaf() {
        return new Closing();
    }

    @Override
    public Farewell farewell(Mailbox mailbox, LoginName name, AppPasswordId used) {
        return new Pop3Guard(mailbox.capabilities());
    }
}
