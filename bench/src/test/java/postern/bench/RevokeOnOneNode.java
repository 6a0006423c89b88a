package postern.bench;

import java.util.List;
import postern.credentials.SampleStore;
import postern.credentials.store.SqliteDatabase;

/** C-03, T-5: on a file of SQLite, as one node has it. */
final class RevokeOnOneNode implements Bench {

    @Override
    public List<Figure> measure() throws Exception {
        try (StoreFile file = StoreFile.create();
                SampleStore store = SampleStore.on(SqliteDatabase.open(file.path()))) {
            Rounds rounds = Rounds.race(store, store);
            return List.of(
                    rounds.count(),
                    Figure.count("logins begun before a revocation returned, and let in", rounds.before()),
                    Figure.count("logins begun afterwards", rounds.afterwards()),
                    Figure.exactly("let in of these", 0, rounds.acceptedAfterwards()));
        }
    }
}
