/**
 * Two connections become one. Knows bytes and back-pressure, and no protocol. Start at {@link
 * postern.proxy.relay.Relay}.
 */
@NullMarked
package postern.proxy.relay;

import org.jspecify.annotations.NullMarked;
