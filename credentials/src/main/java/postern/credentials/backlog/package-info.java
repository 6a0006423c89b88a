/** What is written into the store when nobody waits for it: {@link postern.credentials.backlog.Backlog}. */
@NullMarked
package postern.credentials.backlog;

import org.jspecify.annotations.NullMarked;
