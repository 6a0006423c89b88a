/**
 * How mail programs find out what to connect to: Autodiscover (Outlook, phones), autoconfig (Thunderbird), profiles
 * (Apple's). Start at {@link postern.proxy.setup.ClientSetup}; the HTTPS door stands in front of it.
 *
 * <p>What is told comes from the configuration alone. Who asks says which domain they mean, and no more: what is not
 * configured is answered as not found, and nobody is ever asked for a password.
 */
@NullMarked
package postern.proxy.setup;

import org.jspecify.annotations.NullMarked;
