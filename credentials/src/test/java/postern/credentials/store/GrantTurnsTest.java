package postern.credentials.store;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;

class GrantTurnsTest {

    @Nested
    class InMemory extends GrantTurnsContract {

        InMemory() throws StoreUnavailableException {
            SampleStore only = SampleStore.on(SqliteDatabase.inMemory());
            super(only, only);
        }
    }

    @Nested
    class InAFile extends GrantTurnsContract {

        InAFile(@TempDir Path folder) throws StoreUnavailableException {
            Path file = folder.resolve("postern.db");
            super(SampleStore.on(SqliteDatabase.open(file)), SampleStore.on(SqliteDatabase.open(file)));
        }
    }

    @Nested
    class InPostgres extends GrantTurnsContract {

        InPostgres() throws StoreUnavailableException {
            String url = SamplePostgres.url();
            super(SampleStore.on(SamplePostgres.open(url)), SampleStore.on(SamplePostgres.open(url)));
        }
    }
}
