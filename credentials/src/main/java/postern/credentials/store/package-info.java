/**
 * Accounts, app passwords, policy, grants and the audit trail in SQL, and how every node hears what was
 * changed. Start at {@link postern.credentials.store.SqlCredentialStore}, then {@link
 * postern.credentials.store.ChangeWriter} and {@link postern.credentials.store.ChangeFeed}; what the engines
 * differ in is in the two {@link postern.credentials.store.Database}s, and the tables are in {@code
 * V1__accounts_and_app_passwords.sql} and those beside it.
 */
@NullMarked
package postern.credentials.store;

import org.jspecify.annotations.NullMarked;
