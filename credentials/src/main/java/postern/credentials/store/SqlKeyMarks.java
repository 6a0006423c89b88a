package postern.credentials.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import postern.credentials.KeyId;
import postern.credentials.KeyMarks;
import postern.credentials.StoreUnavailableException;

/** {@link KeyMarks} in SQL that SQLite and PostgreSQL both speak. */
public final class SqlKeyMarks implements KeyMarks {

    private final Database database;

    public SqlKeyMarks(Database database) {
        this.database = database;
    }

    @Override
    public Set<KeyId> keys(Ring ring) throws StoreUnavailableException {
        return database.read(sql -> sql
                .createQuery("SELECT key_id FROM key_marks WHERE ring = :ring")
                .bind("ring", ring.toString())
                .mapTo(String.class)
                .stream()
                .map(KeyId::new)
                .collect(Collectors.toSet()));
    }

    @Override
    public void keep(Ring ring, KeyId key) throws StoreUnavailableException {
        update("INSERT INTO key_marks (ring, key_id) VALUES (:ring, :key) ON CONFLICT DO NOTHING", ring, key);
    }

    @Override
    public void forget(Ring ring, KeyId key) throws StoreUnavailableException {
        update("DELETE FROM key_marks WHERE ring = :ring AND key_id = :key", ring, key);
    }

    private void update(String statement, Ring ring, KeyId key) throws StoreUnavailableException {
        database.change(sql -> sql.createUpdate(statement)
                .bind("ring", ring.toString())
                .bind("key", key.value())
                .execute());
    }

    @Override
    public Map<KeyId, Integer> uses(Ring ring) throws StoreUnavailableException {
        String column = switch (ring) {
            case LOOKUP -> "lookup_key";
            case PEPPER -> "pepper";
            case VAULT -> "key_id";
        };
        String rows = switch (ring) {
            case LOOKUP, PEPPER -> "app_passwords WHERE revoked_at IS NULL AND ";
            case VAULT -> "grants WHERE ";
        };
        return database.read(sql -> {
            Map<KeyId, Integer> uses = new HashMap<>();
            sql.createQuery("SELECT " + column + " AS key_id, count(*) AS uses FROM " + rows + column
                            + " IS NOT NULL GROUP BY " + column)
                    .map((row, _) -> uses.put(new KeyId(row.getString("key_id")), row.getInt("uses")))
                    .list();
            return uses;
        });
    }
}
