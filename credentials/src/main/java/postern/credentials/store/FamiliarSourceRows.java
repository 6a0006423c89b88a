package postern.credentials.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import postern.credentials.FamiliarSource;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;

/** The table {@code familiar_sources}. */
final class FamiliarSourceRows {

    private FamiliarSourceRows() {}

    static Map<SourceNetwork, Instant> of(Handle sql, LoginName account) {
        Map<SourceNetwork, Instant> sources = new HashMap<>();
        sql.createQuery("SELECT network, seen_at FROM familiar_sources WHERE account = :account")
                .bind("account", account.value())
                .map((row, _) ->
                        sources.put(SourceNetwork.parse(row.getString("network")), Rows.instant(row, "seen_at")))
                .list();
        return sources;
    }

    /** Of two nodes' reports the later stays; those of an account that is gone are dropped. */
    static void write(Handle sql, Map<FamiliarSource, Instant> sources) {
        PreparedBatch batch = sql.prepareBatch("""
                INSERT INTO familiar_sources (account, network, seen_at)
                SELECT login_name, :network, :seen_at FROM accounts WHERE login_name = :account
                ON CONFLICT (account, network) DO UPDATE SET seen_at = excluded.seen_at
                WHERE familiar_sources.seen_at <= excluded.seen_at""");
        sources.forEach((source, at) -> batch.bind("account", source.account().value())
                .bind("network", source.network().toString())
                .bind("seen_at", at.toEpochMilli())
                .add());
        batch.execute();
    }

    /** Leaves each of these accounts the latest. */
    static void trim(Handle sql, List<LoginName> accounts, int most) {
        PreparedBatch batch = sql.prepareBatch("""
                DELETE FROM familiar_sources WHERE account = :account AND network NOT IN (
                SELECT network FROM familiar_sources WHERE account = :account
                ORDER BY seen_at DESC, network LIMIT :most)""");
        accounts.forEach(account ->
                batch.bind("account", account.value()).bind("most", most).add());
        batch.execute();
    }
}
