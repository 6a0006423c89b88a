/**
 * Who may administer, and how that is proven. Start at {@link postern.credentials.administration.ApiTokens}: whoever shows a token is
 * a {@link postern.credentials.administration.Caller}, and what a caller may do is a list of {@link postern.credentials.Permission}s.
 * What is not in it is refused.
 */
@NullMarked
package postern.credentials.administration;

import org.jspecify.annotations.NullMarked;
