package postern.proxy.pop3;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamLoginSettings;
import postern.config.UpstreamSettings;
import postern.config.UpstreamTls;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.proxy.conversation.UpstreamLanguage;
import postern.proxy.conversation.UpstreamLogin;

/** POP3 as it is spoken with upstreams. */
public final class Pop3UpstreamLanguage implements UpstreamLanguage<Pop3UpstreamState> {

    @Override
    public Protocol protocol() {
        return Protocol.POP3;
    }

    @Override
    public UpstreamDoorSettings door(UpstreamSettings upstream) {
        return upstream.pop3();
    }

    @Override
    public Pop3UpstreamState begin(LoginName mailbox, UpstreamSettings upstream) {
        return new Pop3UpstreamState.Connected(
                login(mailbox, upstream.login()), upstream.pop3().tls() == UpstreamTls.STARTTLS);
    }

    /** A master user says USER and PASS, which every server knows; but those are ASCII alone (RFC 1939 section 3). */
    static UpstreamLogin login(LoginName mailbox, UpstreamLoginSettings settings) {
        return switch (settings.strategy()) {
            case MASTER_USER -> {
                String name = UpstreamLogin.masterName(mailbox, settings);
                yield StandardCharsets.US_ASCII.newEncoder().canEncode(name)
                        ? new UpstreamLogin(
                                "USER " + name,
                                Optional.of("PASS " + settings.password().reveal()))
                        : UpstreamLogin.plain("AUTH PLAIN", mailbox, settings);
            }
            case AUTHZID -> UpstreamLogin.plain("AUTH PLAIN", mailbox, settings);
        };
    }
}
