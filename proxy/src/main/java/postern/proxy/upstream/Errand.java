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
 * @param hops how many proxies it may yet be handed on by, ourselves included
 */
public record Errand(LoginName person, LoginName mailbox, Optional<String> group, InetAddress client, Hops hops) {

    /** Of a client that comes to us first. */
    public Errand(LoginName person, LoginName mailbox, Optional<String> group, InetAddress client) {
        this(person, mailbox, group, client, Hops.ALL);
    }

    /** Somebody goes round in a circle. */
    public boolean isOnItsLastHop() {
        return hops.areSpent();
    }

    /**
     * What an upstream hears of a client in commands.
     *
     * @param address where it comes from
     * @param hops how many proxies it may be handed on by from there
     */
    public record Told(String address, int hops) {}

    /** Empty for an upstream that hears it otherwise, or not at all. */
    public Optional<Told> toldTo(UpstreamSettings upstream) {
        // A zone means something here alone.
        return upstream.clientAddress() == ClientAddress.ID_AND_XCLIENT
                ? Optional.of(new Told(
                        client.getHostAddress().replaceFirst("%.*", ""),
                        hops.next().left()))
                : Optional.empty();
    }

    /** The same, for an upstream that hears it ahead of everything else. */
    public Optional<InetAddress> announcedTo(UpstreamSettings upstream) {
        return upstream.clientAddress() == ClientAddress.PROXY_PROTOCOL ? Optional.of(client) : Optional.empty();
    }
}
