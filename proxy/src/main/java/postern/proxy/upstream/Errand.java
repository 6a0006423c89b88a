package postern.proxy.upstream;

import java.net.InetAddress;
import java.util.Optional;
import postern.credentials.LoginName;

/**
 * Whose mailbox is to be opened, and for whom: nothing of it is what a client said unproven.
 *
 * @param person as the account is called
 * @param mailbox as it is called upstream
 * @param group of the account
 * @param client where who asked comes from
 */
public record Errand(LoginName person, LoginName mailbox, Optional<String> group, InetAddress client) {}
