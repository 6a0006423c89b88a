/**
 * How the owner of a mailbox lets us into it at a provider. Start at {@link
 * postern.credentials.consent.Consents}: it makes a link, and takes what comes back from it. Pages, the
 * command line and the admin API stand in front of it, and decide nothing.
 *
 * <p>What was begun for one mailbox ends there: whoever opens the link, only a consent that the
 * provider says is that mailbox's own is kept, in the {@link postern.credentials.grant.GrantVault}.
 */
@NullMarked
package postern.credentials.consent;

import org.jspecify.annotations.NullMarked;
