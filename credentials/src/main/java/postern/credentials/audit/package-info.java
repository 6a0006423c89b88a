/**
 * One event for each decision and each change, in a chain in which nothing can be altered unnoticed, and from which a
 * person can be erased all the same. Start at {@link postern.credentials.audit.AuditEvent}; {@link
 * postern.credentials.audit.AuditEntry} is what becomes of it, and {@link
 * postern.credentials.audit.AuditVerification} proves the chain.
 */
@NullMarked
package postern.credentials.audit;

import org.jspecify.annotations.NullMarked;
