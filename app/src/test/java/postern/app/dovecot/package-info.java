/** A real Dovecot on loopback, as the mail server behind Postern in the whole-server tests. */
@NullMarked
package postern.app.dovecot;

import org.jspecify.annotations.NullMarked;
