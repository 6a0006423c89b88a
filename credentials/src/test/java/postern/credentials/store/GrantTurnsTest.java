package postern.credentials.store;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.StoreUnavailableException;

class GrantTurnsTest {

    @Nested
    class InMemory extends GrantTurnsContract {

        InMemory() throws StoreUnavailableException {
            Database only = SqliteDatabase.inMemory();
            super(only, only);
        }
    }

    @Nested
    class InAFile extends GrantTurnsContract {

        InAFile(@TempDir Path folder) throws StoreUnavailableException {
            Path file = folder.resolve("postern.db");
            super(SqliteDatabase.open(file), SqliteDatabase.open(file));
        }
    }

    @Nested
    class InPostgres extends GrantTurnsContract {

        InPostgres() throws StoreUnavailableException {
            String url = SamplePostgres.url();
            super(SamplePostgres.open(url), SamplePostgres.open(url));
        }
    }
}
