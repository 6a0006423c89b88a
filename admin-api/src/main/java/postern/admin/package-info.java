/**
 * HTTP for administrators and for those who watch over the process.
 *
 * <p>The desks hold what an administrator may do, apart from HTTP; {@link postern.admin.AdminServer}
 * is the list of ways to them. A route reads, asks its desk, and prints the {@link
 * postern.admin.Answer}. A store that fails is an exception all the way up to {@link
 * postern.admin.ErrorReplies}, the one place that says 503.
 */
@NullMarked
package postern.admin;

import org.jspecify.annotations.NullMarked;
