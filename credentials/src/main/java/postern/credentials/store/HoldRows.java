package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import postern.credentials.Held;
import postern.credentials.HoldKind;
import postern.credentials.SharedHold;

/** The table {@code holds}; and holds as they stand in a line of the {@link ChangeLog}: so nobody has to look them up. */
final class HoldRows {

    private static final int WORDS = 4;

    private HoldRows() {}

    static void write(Handle sql, List<SharedHold> holds) {
        PreparedBatch batch = sql.prepareBatch("""
                INSERT INTO holds (kind, subject, times, held_until) VALUES (:kind, :subject, :times, :until)
                ON CONFLICT (kind, subject) DO UPDATE SET times = excluded.times, held_until = excluded.held_until
                WHERE holds.held_until < excluded.held_until""");
        holds.forEach(hold -> batch.bind("kind", hold.held().kind().toString())
                .bind("subject", hold.held().subject())
                .bind("times", hold.times())
                .bind("until", hold.until().toEpochMilli())
                .add());
        batch.execute();
    }

    static List<SharedHold> lasting(Handle sql, Instant now) {
        return sql.createQuery("SELECT * FROM holds WHERE held_until > :now ORDER BY held_until, kind, subject")
                .bind("now", now.toEpochMilli())
                .map(HoldRows::hold)
                .list();
    }

    /** Says how many. */
    static int delete(Handle sql, Held held) {
        String sameKind = held.kind() == HoldKind.SOURCE ? "kind = 'source'" : "kind <> 'source'";
        return sql.createUpdate("DELETE FROM holds WHERE subject = :subject AND " + sameKind)
                .bind("subject", held.subject())
                .execute();
    }

    static SharedHold hold(ResultSet row, StatementContext context) throws SQLException {
        return new SharedHold(
                new Held(HoldKind.parse(row.getString("kind")), row.getString("subject")),
                row.getInt("times"),
                Rows.instant(row, "held_until"));
    }

    static String text(Held held) {
        return held.kind() + " " + held.subject();
    }

    static Held held(String text) {
        List<String> words = Rows.split(text, Function.identity()).toList();
        return new Held(HoldKind.parse(words.get(0)), words.get(1));
    }

    static String text(List<SharedHold> holds) {
        Stream<String> each = holds.stream()
                .map(hold -> text(hold.held()) + " " + hold.times() + " "
                        + hold.until().toEpochMilli());
        return String.join(" ", each.toList());
    }

    static List<SharedHold> holds(String text) {
        List<String> words = Rows.split(text, Function.identity()).toList();
        List<SharedHold> holds = new ArrayList<>();
        for (int i = 0; i + WORDS <= words.size(); i += WORDS) {
            holds.add(new SharedHold(
                    new Held(HoldKind.parse(words.get(i)), words.get(i + 1)),
                    Integer.parseInt(words.get(i + 2)),
                    Instant.ofEpochMilli(Long.parseLong(words.get(i + 3)))));
        }
        return holds;
    }
}
