package postern.credentials.imported.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** mailcow's table {@code app_passwd}. Its times are the server's own; columns that are not named here do not matter. */
final class MailcowRows {

    private static final Map<String, String> PROTOCOLS = Map.of(
            "imap_access", "imap",
            "pop3_access", "pop3",
            "smtp_access", "smtp",
            "eas_access", "eas",
            "dav_access", "dav",
            "sieve_access", "sieve");

    private MailcowRows() {}

    static List<Claim> read(Row row) {
        return List.of(new Claim(
                "mailcow:" + row.required("id"),
                row.required("mailbox"),
                row.text("name"),
                row.required("password"),
                protocols(row),
                List.of(),
                row.time("created"),
                Optional.empty(),
                row.flag("active").orElse(true)));
    }

    /** Before 2021 there were no such columns, and an app password was good for everything. */
    private static Set<String> protocols(Row row) {
        if (PROTOCOLS.keySet().stream().allMatch(column -> row.flag(column).isEmpty())) {
            return Set.of();
        }
        Set<String> allowed = PROTOCOLS.entrySet().stream()
                .filter(one -> row.flag(one.getKey()).orElse(false))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException(
                    "imap_access, …: none is on (expected: one, or the app password is of no use)");
        }
        return allowed;
    }
}
