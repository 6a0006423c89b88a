package postern.proxy.upstream;

import java.net.InetAddress;
import java.util.Optional;
import postern.config.ClientAddress;
import postern.config.UpstreamSettings;
import postern.credentials.LoginName;

/**
 * Whose mailbox is to be opened, and for whom: nothing of it is what a client said unproven.
 *
 * @param person as the account is called
 * @param mailbox as it is called upstream
 * @param group of the account
 * @param client where who asked comes from
 */
public record Errand(LoginName person, LoginName mailbox, Optional<String> group, InetAddress client) {

    /** Where the client comes from, for an upstream that hears it in commands; empty for any other. */
    public Optional<String> toldTo(UpstreamSettings upstream) {
        return upstream.clientAddress() == ClientAddress.ID_AND_XCLIENT
                ? Optional.of(client.getHostAddress().replaceFirst("%.*", "")) // a zone means something here alone
                : Optional.empty();
    }

    /** The same, for an upstream that hears it ahead of everything else. */
    public Optional<InetAddress> announcedTo(UpstreamSettings upstream) {
        return upstream.clientAddress() == ClientAddress.PROXY_PROTOCOL ? Optional.of(client) : Optional.empty();
    }
}
