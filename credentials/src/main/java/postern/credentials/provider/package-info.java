/**
 * Speaks OAuth with the providers of mailboxes. Start at {@link
 * postern.credentials.provider.ProviderClient}: each of its methods is one request for a token, and what
 * comes of it is a {@link postern.credentials.provider.TokenAnswer}.
 *
 * <p>Nothing here keeps anything, and nothing is asked twice: who may ask when, and what becomes of a
 * token, is decided elsewhere.
 */
@NullMarked
package postern.credentials.provider;

import org.jspecify.annotations.NullMarked;
