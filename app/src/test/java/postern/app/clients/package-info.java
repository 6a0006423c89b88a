/**
 * Mail clients as people have them, at the doors of a whole Postern with Dovecot and Postfix behind it. Start at
 * {@link postern.app.clients.MailHouse}.
 */
@NullMarked
package postern.app.clients;

import org.jspecify.annotations.NullMarked;
