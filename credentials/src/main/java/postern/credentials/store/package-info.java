/**
 * People and app passwords in SQL, and how every node hears what was changed. Start at {@link
 * postern.credentials.store.SqlCredentialStore}, then {@link postern.credentials.store.ChangeFeed}; what the
 * engines differ in is in the two {@link postern.credentials.store.Database}s, and the tables are in
 * {@code V1__people_and_app_passwords.sql}. The audit trail begins at {@link
 * postern.credentials.store.SqlAuditTrail}.
 */
@NullMarked
package postern.credentials.store;

import org.jspecify.annotations.NullMarked;
