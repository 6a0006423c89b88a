package postern.credentials.store;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import postern.credentials.AppPasswordId;
import postern.credentials.SendingStore;
import postern.credentials.Sent;
import postern.credentials.StoreUnavailableException;

/** {@link SendingStore} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlSending implements SendingStore {

    private final Database database;

    public SqlSending(Database database) {
        this.database = database;
    }

    @Override
    public Sent on(long day, AppPasswordId used) throws StoreUnavailableException {
        return database.read(
                sql -> sql.createQuery("SELECT messages, recipients FROM sent WHERE app_password = :id AND day = :day")
                        .bind("id", used.value())
                        .bind("day", day)
                        .map((row, _) -> new Sent(row.getLong("messages"), row.getLong("recipients")))
                        .findOne()
                        .orElse(Sent.NOTHING));
    }

    @Override
    public Map<AppPasswordId, Sent> add(long day, Map<AppPasswordId, Sent> more) throws StoreUnavailableException {
        return database.change(sql -> {
            add(sql, day, more);
            Map<AppPasswordId, Sent> all = new HashMap<>();
            sql.createQuery("SELECT app_password, messages, recipients FROM sent WHERE day = :day")
                    .bind("day", day)
                    .map((row, _) -> all.put(
                            new AppPasswordId(row.getString("app_password")),
                            new Sent(row.getLong("messages"), row.getLong("recipients"))))
                    .list();
            return all;
        });
    }

    /** In one order on every node, or two of them might wait for each other's rows. */
    private static void add(Handle sql, long day, Map<AppPasswordId, Sent> more) {
        if (more.isEmpty()) {
            return;
        }
        PreparedBatch batch = sql.prepareBatch("""
                INSERT INTO sent (app_password, day, messages, recipients) VALUES (:id, :day, :messages, :recipients)
                ON CONFLICT (app_password, day) DO UPDATE SET messages = sent.messages + excluded.messages,
                recipients = sent.recipients + excluded.recipients""");
        Map<String, Sent> ordered = new TreeMap<>();
        more.forEach((id, sent) -> ordered.put(id.value(), sent));
        ordered.forEach((id, sent) -> batch.bind("id", id)
                .bind("day", day)
                .bind("messages", sent.messages())
                .bind("recipients", sent.recipients())
                .add());
        batch.execute();
    }

    @Override
    public void forgetBefore(long day) throws StoreUnavailableException {
        database.change(sql -> sql.createUpdate("DELETE FROM sent WHERE day < :day")
                .bind("day", day)
                .execute());
    }
}
