/** A phone that speaks ActiveSync, and an Exchange that hears every byte of it. */
@NullMarked
package postern.proxy.http;

import org.jspecify.annotations.NullMarked;
