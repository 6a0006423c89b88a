package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import postern.credentials.ApiTokenId;
import postern.credentials.AppPasswordId;
import postern.credentials.Change;
import postern.credentials.Change.AccountAdded;
import postern.credentials.Change.AccountChanged;
import postern.credentials.Change.AliasAdded;
import postern.credentials.Change.AllRevoked;
import postern.credentials.Change.ApiTokenChanged;
import postern.credentials.Change.GrantChanged;
import postern.credentials.Change.HoldCleared;
import postern.credentials.Change.HoldsBegan;
import postern.credentials.Change.Issued;
import postern.credentials.Change.Missed;
import postern.credentials.Change.PolicyChanged;
import postern.credentials.Change.Revised;
import postern.credentials.Change.Revoked;
import postern.credentials.Change.SessionsEnded;
import postern.credentials.Held;
import postern.credentials.LoginName;
import postern.credentials.PolicySubject;
import postern.credentials.SessionChoice;
import postern.credentials.SharedHold;
import postern.credentials.StoreUnavailableException;

/**
 * The table {@code changes}: what was changed, in the order in which it became visible.
 *
 * <p>A number out of a sequence would not do: a transaction that drew a lower one may commit after
 * one that drew a higher, and who has read up to the higher would never look back. Here the number
 * comes out of a row that stays locked until the commit. So the next number is only drawn when the
 * last one is visible, and since a rollback gives its number back, none is ever missing: a gap can
 * only mean that something was deleted.
 */
final class ChangeLog {

    static final Duration KEPT = Duration.ofDays(7);
    static final int BATCH = 1000;

    /** Of whom it told has been erased since. */
    private static final String MISSED = "missed";

    private final Database database;
    private final InstantSource clock;

    ChangeLog(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * One line of the log.
     *
     * @param change empty for a kind that only newer versions know
     */
    record Entry(long sequence, String kind, Optional<Change> change) {}

    /** A line without its number. */
    private record Line(String kind, String subject, Optional<AppPasswordId> id) {

        static Line of(Change change) {
            return switch (change) {
                case AccountAdded(LoginName name) -> about("account-added", name);
                case AccountChanged(LoginName name) -> about("account-changed", name);
                case AliasAdded(LoginName account, LoginName alias) ->
                    about("alias-added", account.value() + " " + alias.value());
                case Issued(LoginName owner, AppPasswordId id) -> new Line("issued", owner.value(), Optional.of(id));
                case Revised(LoginName owner, AppPasswordId id) -> new Line("revised", owner.value(), Optional.of(id));
                case Revoked(LoginName owner, AppPasswordId id) -> new Line("revoked", owner.value(), Optional.of(id));
                case AllRevoked(LoginName owner) -> about("all-revoked", owner);
                case PolicyChanged(PolicySubject subject) -> about("policy-changed", subject.toString());
                case HoldsBegan(List<SharedHold> holds) -> about("holds-began", HoldRows.text(holds));
                case HoldCleared(Held held) -> about("hold-cleared", HoldRows.text(held));
                case GrantChanged(LoginName owner) -> about("grant-changed", owner);
                case SessionsEnded(SessionChoice which) -> about("sessions-ended", which.toString());
                case ApiTokenChanged(ApiTokenId token) -> about("api-token-changed", token.value());
                case Missed _ -> about(MISSED, "");
            };
        }

        private static Line about(String kind, LoginName subject) {
            return about(kind, subject.value());
        }

        private static Line about(String kind, String subject) {
            return new Line(kind, subject, Optional.empty());
        }
    }

    /**
     * Writes them into the transaction of what they tell of, as the last thing there: from here to the
     * commit all others wait.
     *
     * @return the number of the last; empty when there are none
     */
    OptionalLong write(Handle sql, List<Change> made) {
        if (made.isEmpty()) {
            return OptionalLong.empty();
        }
        long last = sql.createQuery("UPDATE last_change SET sequence = sequence + :count RETURNING sequence")
                .bind("count", made.size())
                .mapTo(Long.class)
                .one();
        long sequence = last - made.size();
        PreparedBatch rows = sql.prepareBatch("""
                INSERT INTO changes (sequence, kind, subject, app_password, written_at)
                VALUES (:sequence, :kind, :subject, :id, :at)""");
        for (Change one : made) {
            Line line = Line.of(one);
            sequence++;
            rows.bind("sequence", sequence)
                    .bind("kind", line.kind())
                    .bind("subject", line.subject())
                    .bind("id", line.id().map(AppPasswordId::value))
                    .bind("at", clock.millis())
                    .add();
        }
        rows.execute();
        database.signal(sql);
        return OptionalLong.of(last);
    }

    /**
     * Takes a name out of all lines, those with several names too. Each stays in its place, and who has not
     * heard of it yet forgets all it knew. A wildcard in the name finds more lines than it should, which only
     * costs them the same.
     */
    static void forget(Handle sql, LoginName name) {
        sql.createUpdate("""
                        UPDATE changes SET kind = :missed, subject = '', app_password = NULL
                        WHERE subject = :name OR (' ' || subject || ' ') LIKE '% ' || :name || ' %'""").bind("missed", MISSED).bind("name", name.value()).execute();
    }

    /** The number of the last change; zero before the first. */
    long end() throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("SELECT sequence FROM last_change")
                .mapTo(Long.class)
                .one());
    }

    /** What came after this number, oldest first, {@link #BATCH} at most. */
    List<Entry> after(long sequence) throws StoreUnavailableException {
        return database.read(sql -> sql.createQuery("""
                        SELECT sequence, kind, subject, app_password FROM changes
                        WHERE sequence > :sequence ORDER BY sequence LIMIT :batch""")
                .bind("sequence", sequence)
                .bind("batch", BATCH)
                .map(ChangeLog::entry)
                .list());
    }

    /**
     * Deletes the oldest that are no longer kept, {@link #BATCH} at most, so that no writer waits
     * for long.
     *
     * @return how many
     */
    int prune() throws StoreUnavailableException {
        return database.change(sql -> sql.createUpdate("""
                        DELETE FROM changes WHERE written_at < :before
                        AND sequence < (SELECT min(sequence) FROM changes) + :batch""")
                .bind("before", clock.instant().minus(KEPT).toEpochMilli())
                .bind("batch", BATCH)
                .execute());
    }

    private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
        String kind = row.getString("kind");
        Optional<Change> change = switch (kind) {
            case "account-added" -> Optional.of(new AccountAdded(account(row)));
            case "account-changed" -> Optional.of(new AccountChanged(account(row)));
            case "alias-added" -> Optional.of(aliasAdded(row.getString("subject")));
            case "issued" -> Optional.of(new Issued(account(row), appPassword(row)));
            case "revised" -> Optional.of(new Revised(account(row), appPassword(row)));
            case "revoked" -> Optional.of(new Revoked(account(row), appPassword(row)));
            case "all-revoked" -> Optional.of(new AllRevoked(account(row)));
            case "policy-changed" -> Optional.of(new PolicyChanged(PolicySubject.parse(row.getString("subject"))));
            case "holds-began" -> Optional.of(new HoldsBegan(HoldRows.holds(row.getString("subject"))));
            case "grant-changed" -> Optional.of(new GrantChanged(account(row)));
            case "hold-cleared" -> Optional.of(new HoldCleared(HoldRows.held(row.getString("subject"))));
            case "api-token-changed" -> Optional.of(new ApiTokenChanged(new ApiTokenId(row.getString("subject"))));
            case MISSED -> Optional.of(new Missed());
            case "sessions-ended" -> Optional.of(new SessionsEnded(SessionChoice.parse(row.getString("subject"))));
            default -> Optional.empty();
        };
        return new Entry(row.getLong("sequence"), kind, change);
    }

    /** No login name has a space in it. */
    private static AliasAdded aliasAdded(String subject) {
        List<LoginName> names = Rows.split(subject, LoginName::new).toList();
        return new AliasAdded(names.getFirst(), names.getLast());
    }

    private static LoginName account(ResultSet row) throws SQLException {
        return new LoginName(row.getString("subject"));
    }

    private static AppPasswordId appPassword(ResultSet row) throws SQLException {
        return new AppPasswordId(row.getString("app_password"));
    }
}
