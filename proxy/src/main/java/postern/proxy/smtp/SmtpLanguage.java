package postern.proxy.smtp;

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
import postern.proxy.relay.Farewell;
import postern.proxy.smtp.SmtpState.Asking;
import postern.proxy.smtp.SmtpState.Closing;
import postern.proxy.smtp.SmtpState.Deciding;
import postern.proxy.smtp.SmtpState.Encrypting;
import postern.proxy.smtp.SmtpState.Greeted;
import postern.proxy.smtp.SmtpState.Joined;
import postern.proxy.smtp.SmtpState.Opening;
import postern.proxy.upstream.UpstreamDoor.Mailbox;

/** SMTP as it is spoken with clients: which reader goes with which state. */
record SmtpLanguage(SmtpOffer offer, EnvelopeRules.Source rules, BeforeLoginSettings bounds)
        implements Language<SmtpState> {

    @Override
    public Protocol protocol() {
        return Protocol.SMTP;
    }

    @Override
    public Step<SmtpState, Effect> hello(boolean encrypted, Rights rights) {
        return SmtpState.hello(offer, encrypted, rights, Patience.fresh(bounds));
    }

    @Override
    public Step<SmtpState, Effect> hear(SmtpState listening, ByteBuf frame, NameRules names) {
        return switch (listening) {
            case Greeted greeted -> greeted.on(SmtpCommand.read(frame, names));
            case Asking asking -> asking.on(asking.exchange().on(new CommandLine(frame).all(), names));
            case Encrypting _, Deciding _, Opening _, Joined _, Closing _ -> Effect.to(listening);
        };
    }

    @Override
    public SmtpState deaf() {
        return new Closing();
    }

    @Override
    public Farewell farewell(Mailbox mailbox, LoginName name, AppPasswordId used) {
        return new SmtpGuard(offer.serverName(), mailbox.capabilities(), rules.of(name, used), mailbox.manners());
    }
}
