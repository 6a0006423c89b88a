/**
 * People, app passwords and grants in SQL, and how every node hears what was changed. Start at {@link
 * postern.credentials.store.SqlCredentialStore}, then {@link postern.credentials.store.ChangeFeed}; grants
 * stand apart, in {@link postern.credentials.store.SqlGrantVault}. What the engines differ in is in the two
 * {@link postern.credentials.store.Database}s, and the tables are in {@code V1__people_and_app_passwords.sql}
 * and {@code V2__grants.sql}.
 */
@NullMarked
package postern.credentials.store;

import org.jspecify.annotations.NullMarked;
