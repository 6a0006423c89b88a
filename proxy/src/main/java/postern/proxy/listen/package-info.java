/**
 * The doors: where clients connect, under which limits, and with which TLS. Start at {@link
 * postern.proxy.listen.Listener}; what is said behind a door is its {@link
 * postern.proxy.listen.FrontEnd}'s.
 */
@NullMarked
package postern.proxy.listen;

import org.jspecify.annotations.NullMarked;
