/**
 * How an app password gets into a phone without being typed. Start at {@link
 * postern.credentials.setup.SetupLinks}: who has just proved an app password gets a link, and the link
 * leads to it once.
 */
@NullMarked
package postern.credentials.setup;

import org.jspecify.annotations.NullMarked;
