package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.EarlierReplies;
import postern.credentials.administration.EarlierReplies.Known.First;
import postern.credentials.administration.EarlierReplies.Known.Other;
import postern.credentials.administration.EarlierReplies.Known.Pending;
import postern.credentials.administration.EarlierReplies.Known.Told;

/** {@link EarlierReplies} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlEarlierReplies implements EarlierReplies {

    private static final String THIS_KEY = " WHERE caller = :caller AND key_hash = :hash";

    /** Who repeats a request later than this makes another. */
    static final Duration KEPT = Duration.ofDays(1);

    private final Database database;

    public SqlEarlierReplies(Database database) {
        this.database = database;
    }

    @Override
    public Known begin(Key key, String request, Instant now) throws StoreUnavailableException {
        return database.change(sql -> insert(sql, key, request, now) ? new First() : read(sql, key, request));
    }

    private static boolean insert(Handle sql, Key key, String request, Instant now) {
        return of(key, sql.createUpdate("""
                        INSERT INTO earlier_replies (caller, key_hash, request, begun_at)
                        VALUES (:caller, :hash, :request, :now) ON CONFLICT DO NOTHING"""))
                        .bind("request", request)
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
    }

    private static Known read(Handle sql, Key key, String request) {
        return of(key, sql.createQuery("SELECT * FROM earlier_replies" + THIS_KEY))
                .map((row, _) -> row.getString("request").equals(request) ? known(row) : new Other())
                .findOne()
                .orElseGet(Pending::new); // it was forgotten just now: the next try is the first
    }

    private static Known known(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        return row.wasNull()
                ? new Pending()
                : new Told(
                        status,
                        Optional.ofNullable(row.getString("location")),
                        row.getString("body"),
                        Rows.optionalText(row, "secret"));
    }

    @Override
    public void tell(Key key, Told answer) throws StoreUnavailableException {
        database.change(sql -> of(
                        key,
                        sql.createUpdate(
                                "UPDATE earlier_replies SET status = :status, location = :location, body = :body, secret = :secret"
                                        + THIS_KEY))
                .bind("status", answer.status())
                .bind("location", answer.location().orElse(null))
                .bind("body", answer.body())
                .bind("secret", answer.secret().orElse(null))
                .execute());
    }

    @Override
    public void forget(Key key) throws StoreUnavailableException {
        database.change(sql -> of(key, sql.createUpdate("DELETE FROM earlier_replies" + THIS_KEY))
                .execute());
    }

    private static <S extends SqlStatement<S>> S of(Key key, S statement) {
        return statement.bind("caller", key.caller()).bind("hash", key.hash());
    }

    @Override
    public int forgetBefore(Instant end) throws StoreUnavailableException {
        return database.change(sql -> sql.createUpdate("DELETE FROM earlier_replies WHERE begun_at < :end")
                .bind("end", end.toEpochMilli())
                .execute());
    }

    /** For the housekeeping. */
    public void forgetOld(Instant now) throws StoreUnavailableException {
        forgetBefore(now.minus(KEPT));
    }
}
