/**
 * What opens a mailbox upstream and is not the same for all of them: access tokens, and passwords out of
 * the vault. Start at {@link postern.proxy.token.TokenSource}: {@link postern.proxy.token.TokenShelf}
 * keeps what is still good and lets one at a time fetch another, a {@link postern.proxy.token.TokenWay}
 * fetches it, and {@link postern.proxy.token.TokenEndpoint} is careful with the provider.
 *
 * <p>No app password is known here: whoever asks has proved theirs already, and nothing here happens
 * for anybody else.
 */
@NullMarked
package postern.proxy.token;

import org.jspecify.annotations.NullMarked;
