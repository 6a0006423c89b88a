package postern.proxy.token;

import java.util.Optional;
import postern.config.OAuthSettings;
import postern.config.UpstreamLoginSettings.Authzid;
import postern.config.UpstreamLoginSettings.MailboxPassword;
import postern.config.UpstreamLoginSettings.MasterUser;
import postern.config.UpstreamLoginSettings.OAuth;
import postern.config.UpstreamSettings;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.Purpose;

/**
 * What a grant for an upstream is given for, as it is configured now. Where the configuration means
 * another server later, under the same name, what was given for this one is not sent there.
 */
public final class Purposes {

    private Purposes() {}

    /** Of three parts, of which the first and the last have no space: so no two that differ read alike. */
    public static Purpose of(UpstreamSettings upstream) {
        String hosts = String.join(",", upstream.hosts());
        return switch (upstream.login()) {
            case OAuth(OAuthSettings settings) ->
                new Purpose(settings.tokenEndpoint() + " " + settings.clientId() + " " + hosts);
            case MailboxPassword _, MasterUser _, Authzid _ -> new Purpose(hosts);
        };
    }

    /** What somebody may give for it; empty when nothing is asked of anybody. */
    public static Optional<GrantKind> kind(UpstreamSettings upstream) {
        return switch (upstream.login()) {
            case OAuth(OAuthSettings settings) ->
                settings.grant() == OAuthSettings.Grant.CONSENT
                        ? Optional.of(GrantKind.REFRESH_TOKEN)
                        : Optional.empty();
            case MailboxPassword _ -> Optional.of(GrantKind.MAILBOX_PASSWORD);
            case MasterUser _, Authzid _ -> Optional.empty();
        };
    }
}
