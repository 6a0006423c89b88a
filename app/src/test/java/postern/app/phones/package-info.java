/** Phones, the whole server, and what is behind it. Start at {@link postern.app.phones.ActiveSyncTest}. */
@NullMarked
package postern.app.phones;

import org.jspecify.annotations.NullMarked;
