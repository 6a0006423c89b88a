/**
 * People and app passwords in SQL: SQLite, in a file or in memory. Start at {@link
 * postern.credentials.store.SqlCredentialStore}; the tables are in {@code db/migration}.
 */
@NullMarked
package postern.credentials.store;

import org.jspecify.annotations.NullMarked;
