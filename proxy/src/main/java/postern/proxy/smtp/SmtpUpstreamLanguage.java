package postern.proxy.smtp;

import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamSettings;
import postern.config.UpstreamTls;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.proxy.conversation.UpstreamLanguage;
import postern.proxy.conversation.UpstreamLogin;
import postern.proxy.smtp.SmtpUpstreamState.Connected;
import postern.proxy.smtp.SmtpUpstreamState.Plan;

/**
 * SMTP as it is spoken with upstreams.
 *
 * @param serverName what we call ourselves
 */
public record SmtpUpstreamLanguage(String serverName) implements UpstreamLanguage<SmtpUpstreamState> {

    @Override
    public Protocol protocol() {
        return Protocol.SMTP;
    }

    @Override
    public UpstreamDoorSettings door(UpstreamSettings upstream) {
        return upstream.smtp().door();
    }

    /** PLAIN in two steps: with its message along, the line might be longer than RFC 4954 allows. */
    @Override
    public SmtpUpstreamState begin(LoginName mailbox, UpstreamSettings upstream) {
        return new Connected(
                new Plan(
                        serverName,
                        UpstreamLogin.plain("AUTH PLAIN", mailbox, upstream.login()),
                        upstream.smtp().extensions()),
                door(upstream).tls() == UpstreamTls.STARTTLS);
    }
}
