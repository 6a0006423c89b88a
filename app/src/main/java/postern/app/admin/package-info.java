/**
 * The command line over the admin API, made from its contract: what the API can do has a command, by construction. Start at
 * {@link postern.app.admin.AdminLine}.
 */
@NullMarked
package postern.app.admin;

import org.jspecify.annotations.NullMarked;
