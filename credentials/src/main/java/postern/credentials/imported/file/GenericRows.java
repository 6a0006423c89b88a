package postern.credentials.imported.file;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Our own format: what {@link ExportFile} writes, and what everybody else may. */
final class GenericRows {

    static final String EXTERNAL_ID = "external_id";
    static final String LOGIN_NAME = "login_name";
    static final String NAME = "name";
    static final String HASH = "hash";
    static final String PROTOCOLS = "protocols";
    static final String NETWORKS = "networks";
    static final String CREATED_AT = "created_at";
    static final String EXPIRES_AT = "expires_at";
    static final String ACTIVE = "active";

    private static final Set<String> FIELDS = new TreeSet<>(
            Set.of(EXTERNAL_ID, LOGIN_NAME, NAME, HASH, PROTOCOLS, NETWORKS, CREATED_AT, EXPIRES_AT, ACTIVE));

    private GenericRows() {}

    static List<Claim> read(Row row) {
        row.refuseOthersThan(FIELDS);
        return List.of(new Claim(
                row.required(EXTERNAL_ID),
                row.required(LOGIN_NAME),
                row.text(NAME),
                row.required(HASH),
                Set.copyOf(row.list(PROTOCOLS)
                        .map(listed -> notNone(PROTOCOLS, listed))
                        .orElse(List.of())),
                row.list(NETWORKS).map(listed -> notNone(NETWORKS, listed)).orElse(List.of()),
                row.time(CREATED_AT),
                row.time(EXPIRES_AT),
                row.flag(ACTIVE).orElse(true)));
    }

    /** An empty list could mean all or nothing, and one of the two would be wrong. */
    private static List<String> notNone(String field, List<String> listed) {
        if (listed.isEmpty()) {
            throw new IllegalArgumentException(field + ": an empty list (expected: some, or no such field for all)");
        }
        return listed;
    }
}
