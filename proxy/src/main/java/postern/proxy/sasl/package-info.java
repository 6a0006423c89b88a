/**
 * What SASL mechanisms say, apart from the protocol that carries them: from clients {@link
 * postern.proxy.sasl.SaslMechanism}, where to start; towards upstreams {@link
 * postern.proxy.sasl.PlainMessage}.
 */
@NullMarked
package postern.proxy.sasl;

import org.jspecify.annotations.NullMarked;
