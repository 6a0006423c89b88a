package postern.proxy.imap;

import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamSettings;
import postern.config.UpstreamTls;
import postern.credentials.Protocol;
import postern.proxy.conversation.UpstreamLanguage;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.UpstreamProof;

/** IMAP as it is spoken with upstreams. */
public final class ImapUpstreamLanguage implements UpstreamLanguage<ImapUpstreamState> {

    @Override
    public Protocol protocol() {
        return Protocol.IMAP;
    }

    @Override
    public UpstreamDoorSettings door(UpstreamSettings upstream) {
        return upstream.imap().door();
    }

    @Override
    public boolean isGuarded(UpstreamSettings upstream) {
        return upstream.imap().guarded();
    }

    @Override
    public ImapUpstreamState begin(UpstreamProof proof, Errand errand, UpstreamSettings upstream) {
        return new ImapUpstreamState.Connected(new ImapUpstreamState.Plan(
                ImapUpstreamLogin.by(proof),
                door(upstream).tls() == UpstreamTls.STARTTLS,
                errand.toldTo(upstream),
                upstream.probes()));
    }
}
