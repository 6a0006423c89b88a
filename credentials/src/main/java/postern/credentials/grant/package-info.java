/**
 * What we log in with upstream, one secret for each mailbox, sealed. Start at {@link
 * postern.credentials.grant.GrantVault}; how a secret is sealed is in {@link
 * postern.credentials.grant.Envelope}, which seals what is {@link postern.credentials.grant.Bound} elsewhere, too.
 *
 * <p>Nothing here knows an app password, and nothing about app passwords knows this: whichever of them
 * is right, wrong or revoked, a grant stays as it is. Where the two were one, a second app password cost
 * people their consent, and a stranger's wrong guess did, too.
 */
@NullMarked
package postern.credentials.grant;

import org.jspecify.annotations.NullMarked;
