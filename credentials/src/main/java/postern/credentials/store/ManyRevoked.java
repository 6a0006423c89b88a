package postern.credentials.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import postern.credentials.By;
import postern.credentials.Change;
import postern.credentials.Change.Revoked;
import postern.credentials.audit.AuditEvent;
import postern.credentials.job.JobId;
import postern.credentials.job.JobOutcome;
import postern.credentials.job.JobResult;

/**
 * What {@link SqlCredentialStore#revoke} does, for some hundreds at once: a tombstone, an event and a change for
 * each, and no link leads to one of them.
 *
 * @param places of what came to what
 */
record ManyRevoked(List<Change> changes, List<AuditEvent> events, Map<JobOutcome, List<Long>> places) {

    static ManyRevoked of(Handle sql, JobId job, List<JobResult> next, AuditedChanges audited, By by) {
        Set<String> revoked = revoke(sql, next, by);
        ManyRevoked all = new ManyRevoked(new ArrayList<>(), new ArrayList<>(), new EnumMap<>(JobOutcome.class));
        for (JobResult one : next) {
            boolean now = revoked.contains(one.appPassword().value());
            if (now) {
                all.changes.add(new Revoked(one.owner(), one.appPassword()));
                all.events.add(
                        audited.revoked(one.owner(), one.appPassword(), by).with("job", job.value()));
            }
            all.places
                    .computeIfAbsent(now ? JobOutcome.REVOKED : JobOutcome.GONE, _ -> new ArrayList<>())
                    .add(one.place());
        }
        return all;
    }

    private static Set<String> revoke(Handle sql, List<JobResult> next, By by) {
        List<String> ids = next.stream().map(one -> one.appPassword().value()).toList();
        Set<String> revoked = new HashSet<>(sql.createQuery("""
                        UPDATE app_passwords SET revoked_at = :at, hash = '', pepper = NULL
                        WHERE id IN (<ids>) AND revoked_at IS NULL RETURNING id""")
                .bind("at", by.at().toEpochMilli())
                .bindList("ids", ids)
                .mapTo(String.class)
                .list());
        sql.createUpdate("DELETE FROM setup_links WHERE app_password IN (<ids>)")
                .bindList("ids", ids)
                .execute();
        return revoked;
    }
}
