package postern.credentials.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
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

/** The table {@code job_criteria}: a row for each thing that is said, so that a name in one can be erased. */
final class CriterionRows {

    private CriterionRows() {}

    private record Row(String kind, String value) {}

    static void write(Handle sql, JobId job, List<Criterion> criteria) {
        PreparedBatch rows =
                sql.prepareBatch("INSERT INTO job_criteria (job, kind, value) VALUES (:job, :kind, :value)");
        criteria.stream()
                .flatMap(one -> rows(one).stream())
                .forEach(row -> rows.bind("job", job.value())
                        .bind("kind", row.kind())
                        .bind("value", row.value())
                        .add());
        rows.execute();
    }

    private static List<Row> rows(Criterion criterion) {
        return switch (criterion) {
            case InGroup(String group) -> List.of(new Row("group", group));
            case InDomain(String domain) -> List.of(new Row("domain", domain));
            case UnusedSince(Instant since) -> List.of(new Row("unused-since", since.toString()));
            case CreatedBefore(Instant before) -> List.of(new Row("created-before", before.toString()));
            case GoodFor(Protocol protocol) -> List.of(new Row("good-for", protocol.toString()));
            case LastUsedFrom(SourceNetwork network) -> List.of(new Row("last-used-from", network.toString()));
            case WithinReachOf(Role role) -> List.of(new Row("within-reach-of", role.toString()));
            case OfOwners(Set<LoginName> owners) ->
                owners.stream().map(one -> new Row("owner", one.value())).toList();
            case AnyOf(Set<AppPasswordId> ids) ->
                ids.stream().map(one -> new Row("app-password", one.value())).toList();
        };
    }

    /** Of whoever was erased since, nothing is said any more. */
    static List<Criterion> read(Handle sql, JobId job) {
        Map<String, List<String>> said = new TreeMap<>();
        sql.createQuery("SELECT kind, value FROM job_criteria WHERE job = :job ORDER BY kind, value")
                .bind("job", job.value())
                .map((row, _) -> said.computeIfAbsent(row.getString("kind"), _ -> new ArrayList<>())
                        .add(row.getString("value")))
                .list();
        return said.entrySet().stream()
                .map(one -> criterion(one.getKey(), one.getValue()))
                .toList();
    }

    private static Criterion criterion(String kind, List<String> values) {
        String value = values.getFirst();
        return switch (kind) {
            case "group" -> new InGroup(value);
            case "domain" -> new InDomain(value);
            case "unused-since" -> new UnusedSince(Instant.parse(value));
            case "created-before" -> new CreatedBefore(Instant.parse(value));
            case "good-for" -> new GoodFor(Protocol.parse(value));
            case "last-used-from" -> new LastUsedFrom(SourceNetwork.parse(value));
            case "within-reach-of" -> new WithinReachOf(Role.named(value).orElseThrow());
            case "owner" -> new OfOwners(all(values, LoginName::new));
            case "app-password" -> new AnyOf(all(values, AppPasswordId::new));
            default -> throw new IllegalStateException("criterion: " + kind + " (expected: one of this version)");
        };
    }

    private static <T> Set<T> all(List<String> values, Function<String, T> one) {
        return values.stream().map(one).collect(Collectors.toSet());
    }

    /** As the audit trail tells it, which must name nobody: of a list, how many are on it. */
    static String told(List<Criterion> criteria) {
        return criteria.stream()
                .map(one -> switch (one) {
                    case OfOwners(Set<LoginName> owners) -> "owners: " + owners.size();
                    case AnyOf(Set<AppPasswordId> ids) -> "app passwords: " + ids.size();
                    case InGroup _,
                            InDomain _,
                            UnusedSince _,
                            CreatedBefore _,
                            GoodFor _,
                            LastUsedFrom _,
                            WithinReachOf _ ->
                        rows(one).getFirst().kind() + " " + rows(one).getFirst().value();
                })
                .collect(Collectors.joining("; "));
    }
}
