/**
 * HTTP at our doors: phones by ActiveSync and whatever else asks with HTTP Basic, passed on to the mail server with what
 * opens the mailbox there. Start at {@link postern.proxy.http.RequestGate}.
 */
@NullMarked
package postern.proxy.http;

import org.jspecify.annotations.NullMarked;
