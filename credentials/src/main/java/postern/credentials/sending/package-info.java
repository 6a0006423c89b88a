/**
 * What may be sent with an app password, and how much of it a day: asked for each sender and
 * recipient, and never waits. Start at {@link postern.credentials.sending.SendingRules}.
 */
@NullMarked
package postern.credentials.sending;

import org.jspecify.annotations.NullMarked;
