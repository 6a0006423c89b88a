/**
 * One client connection from greeting to goodbye: the names of its places, its deadline, and {@link
 * postern.proxy.session.LiveSessions}, where to start.
 */
@NullMarked
package postern.proxy.session;

import org.jspecify.annotations.NullMarked;
