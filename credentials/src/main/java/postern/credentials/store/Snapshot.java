package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import postern.credentials.Account;
import postern.credentials.AccountSnapshot;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.LookupTag;
import postern.credentials.Policy;
import postern.credentials.PolicyInForce;

/**
 * Reads all that a login needs. Not in one transaction: what is changed meanwhile is told by the change
 * feed, and then this is read again.
 */
final class Snapshot {

    private Snapshot() {}

    static Optional<AccountSnapshot> read(Handle sql, LoginName loginName, Policy configuration) {
        return AccountRows.find(sql, loginName, "").map(account -> read(sql, account, configuration));
    }

    private static AccountSnapshot read(Handle sql, Account account, Policy configuration) {
        LoginName name = account.loginName();
        List<AppPassword> all = AppPasswordRows.of(sql, name);
        Map<AppPasswordId, AppPassword> byId = new LinkedHashMap<>();
        all.forEach(one -> byId.put(one.id(), one));
        return new AccountSnapshot(
                account,
                SqlAccounts.aliases(sql, name),
                PolicyInForce.of(configuration, SqlPolicies.layersFor(sql, name)),
                byId,
                tags(all),
                tombstones(sql, name),
                lastUses(sql, name),
                FamiliarSourceRows.of(sql, name));
    }

    private static Map<LookupTag, AppPasswordId> tags(List<AppPassword> all) {
        Map<LookupTag, AppPasswordId> tags = new HashMap<>();
        all.forEach(one -> one.proof().findableBy().ifPresent(tag -> tags.put(tag, one.id())));
        return tags;
    }

    private record Stone(LookupTag tag, AppPasswordId id) {}

    private static Map<LookupTag, AppPasswordId> tombstones(Handle sql, LoginName owner) {
        return sql.createQuery("""
                        SELECT id, lookup_key, tag FROM app_passwords
                        WHERE owner = :owner AND revoked_at IS NOT NULL AND tag IS NOT NULL""").bind("owner", owner.value()).map(Snapshot::stone).stream()
                .collect(Collectors.toMap(Stone::tag, Stone::id));
    }

    private static Stone stone(ResultSet row, StatementContext context) throws SQLException {
        return new Stone(AppPasswordRows.tag(row), new AppPasswordId(row.getString("id")));
    }

    private static Map<AppPasswordId, Instant> lastUses(Handle sql, LoginName owner) {
        return LastUseRows.of(sql, owner).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, use -> use.getValue().at()));
    }
}
