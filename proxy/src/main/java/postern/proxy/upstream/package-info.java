/**
 * Where a mailbox really lives, and how we prove to it that we may come in. Start at {@link
 * postern.proxy.upstream.UpstreamDoor}.
 */
@NullMarked
package postern.proxy.upstream;

import org.jspecify.annotations.NullMarked;
