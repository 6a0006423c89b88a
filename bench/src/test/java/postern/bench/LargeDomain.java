package postern.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Many people of one domain, each with an app password, in a store of SQLite. */
final class LargeDomain {

    static final int PEOPLE = 100_000;

    /** Not one by one, which would take longer than what is measured. */
    private static final List<String> STATEMENTS = List.of("""
            INSERT INTO accounts (login_name, second_step, enabled, mailbox, created_at)
            WITH RECURSIVE people (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM people WHERE i < %d)
            SELECT 'person' || i || '@example.org', 0, 1, 'person' || i || '@example.org', 0 FROM people""".formatted(PEOPLE), """
            INSERT INTO login_names (name, account) SELECT login_name, login_name FROM accounts""", """
            INSERT INTO app_passwords (id, owner, name, lookup_key, tag, hash, pepper, protocols, networks, senders, pin,
                suspended, created_at, resumed_at)
            SELECT 'apw_' || substr('0000000000000000' || rowid, -16), login_name, 'Phone', 'k', rowid, 'none', 'k',
                'imap', '', '', 'off', 0, 0, 0 FROM accounts""");

    private LargeDomain() {}

    static void add(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String some : STATEMENTS) {
                statement.executeUpdate(some);
            }
        }
    }
}
