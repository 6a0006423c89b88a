/**
 * What SASL mechanisms say, apart from the protocol that carries them. Start at {@link
 * postern.proxy.sasl.PlainMessage}.
 */
@NullMarked
package postern.proxy.sasl;

import org.jspecify.annotations.NullMarked;
