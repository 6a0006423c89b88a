/**
 * Who may administer what, and how that is proven. Start at {@link postern.credentials.Role}: what each may do is a
 * list, and what is not in it is refused.
 */
@NullMarked
package postern.credentials.administration;

import org.jspecify.annotations.NullMarked;
