/** A real Postfix on loopback, which asks Dovecot who may send. Start at {@link postern.app.postfix.Postfix}. */
@NullMarked
package postern.app.postfix;

import org.jspecify.annotations.NullMarked;
