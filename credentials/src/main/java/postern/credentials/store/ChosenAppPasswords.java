package postern.credentials.store;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.Role;
import postern.credentials.SourceNetwork;
import postern.credentials.job.Criterion;
import postern.credentials.job.Criterion.AnyOf;
import postern.credentials.job.Criterion.CreatedBefore;
import postern.credentials.job.Criterion.GoodFor;
import postern.credentials.job.Criterion.InDomain;
import postern.credentials.job.Criterion.InGroup;
import postern.credentials.job.Criterion.LastUsedFrom;
import postern.credentials.job.Criterion.OfOwners;
import postern.credentials.job.Criterion.UnusedSince;
import postern.credentials.job.Criterion.WithinReachOf;
import postern.credentials.job.JobId;
import postern.credentials.job.Preview;
import postern.credentials.job.RevocationFilter;

/**
 * Those app passwords, revoked ones left out, for which a filter holds, by owner and id. Read by pages: however many
 * there are, memory holds one page.
 */
final class ChosenAppPasswords {

    private static final int PAGE = 5000;

    private final RevocationFilter filter;
    private final String select;

    ChosenAppPasswords(RevocationFilter filter) {
        this(filter, PAGE);
    }

    /** @param page so many are read at once */
    ChosenAppPasswords(RevocationFilter filter, int page) {
        this.filter = filter;
        this.select = """
                SELECT app_passwords.owner, app_passwords.id, last_uses.client FROM app_passwords
                JOIN accounts ON login_name = app_passwords.owner
                LEFT JOIN last_uses ON last_uses.app_password = app_passwords.id
                WHERE revoked_at IS NULL AND (app_passwords.owner, app_passwords.id) > (:after_owner, :after_id)"""
                + filter.criteria().stream()
                        .map(one -> " AND " + condition(one))
                        .collect(Collectors.joining())
                + " ORDER BY app_passwords.owner, app_passwords.id LIMIT " + page;
    }

    /** One of them. */
    record Chosen(String owner, String id) {}

    /** @param last of those that were looked at */
    private record Page(List<Chosen> chosen, Chosen last) {}

    private record Looked(Chosen one, Optional<InetAddress> client) {}

    /** How many there are, and how many people's. */
    Preview count(Handle sql) {
        int all = 0;
        int owners = 0;
        String owner = "";
        for (Optional<Page> page = first(sql);
                page.isPresent();
                page = after(sql, page.get().last())) {
            for (Chosen one : page.get().chosen()) {
                all++;
                owners += one.owner().equals(owner) ? 0 : 1;
                owner = one.owner();
            }
        }
        return new Preview(all, owners);
    }

    /**
     * Writes them down as what a job is about, until they are more than expected.
     *
     * @return how many
     */
    int write(Handle sql, JobId job, int expected) {
        int written = 0;
        Optional<Page> page = first(sql);
        while (page.isPresent() && written <= expected) {
            JobItemRows.insert(sql, job, written, page.get().chosen());
            written += page.get().chosen().size();
            page = after(sql, page.get().last());
        }
        return written;
    }

    private Optional<Page> first(Handle sql) {
        return after(sql, new Chosen("", ""));
    }

    /** Empty behind the last one. */
    private Optional<Page> after(Handle sql, Chosen last) {
        Query query = sql.createQuery(select).bind("after_owner", last.owner()).bind("after_id", last.id());
        filter.criteria().forEach(one -> bind(query, one));
        List<Looked> looked = query.map((row, _) -> new Looked(
                        new Chosen(row.getString("owner"), row.getString("id")),
                        Rows.optionalText(row, "client")
                                .filter(text -> !text.isEmpty())
                                .map(InetAddress::ofLiteral)))
                .list();
        return looked.isEmpty()
                ? Optional.empty()
                : Optional.of(new Page(
                        looked.stream().filter(this::fromThere).map(Looked::one).toList(),
                        looked.getLast().one()));
    }

    private static String condition(Criterion criterion) {
        return switch (criterion) {
            case InGroup _ -> "(person_group = :group OR owner_group = :group)";
            case InDomain _ -> "app_passwords.owner LIKE :domain ESCAPE '!'";
            case UnusedSince _ -> "coalesce(used_at, resumed_at) < :unused_since AND resumed_at < :unused_since";
            case CreatedBefore _ -> "app_passwords.created_at < :created_before";
            case GoodFor _ -> "(' ' || protocols || ' ') LIKE :protocol";
            case LastUsedFrom _ -> "client <> ''";
            case WithinReachOf _ -> "(accounts.role IS NULL OR accounts.role IN (<reach>))";
            case OfOwners _ -> "app_passwords.owner IN (<owners>)";
            case AnyOf _ -> "app_passwords.id IN (<ids>)";
        };
    }

    private static void bind(Query query, Criterion criterion) {
        switch (criterion) {
            case InGroup(String group) -> query.bind("group", group);
            case InDomain(String domain) -> query.bind("domain", "%@" + domain.replaceAll("[!%_]", "!$0"));
            case UnusedSince(Instant since) -> query.bind("unused_since", since.toEpochMilli());
            case CreatedBefore(Instant before) -> query.bind("created_before", before.toEpochMilli());
            case GoodFor(Protocol protocol) -> query.bind("protocol", "% " + protocol + " %");
            case LastUsedFrom _ -> {} // no SQL of both engines knows networks
            case WithinReachOf(Role role) ->
                query.bindList(
                        "reach",
                        Arrays.stream(Role.values())
                                .filter(other -> role.mayActOn(Optional.of(other)))
                                .map(Role::name)
                                .toList());
            case OfOwners(Set<LoginName> owners) ->
                query.bindList("owners", owners.stream().map(LoginName::value).toList());
            case AnyOf(Set<AppPasswordId> ids) ->
                query.bindList("ids", ids.stream().map(AppPasswordId::value).toList());
        }
    }

    private boolean fromThere(Looked looked) {
        return filter.criteria().stream().allMatch(criterion -> switch (criterion) {
            case LastUsedFrom(SourceNetwork network) ->
                looked.client().filter(network::contains).isPresent();
            case InGroup _,
                    InDomain _,
                    UnusedSince _,
                    CreatedBefore _,
                    GoodFor _,
                    WithinReachOf _,
                    OfOwners _,
                    AnyOf _ -> true;
        });
    }
}
