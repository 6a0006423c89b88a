package postern.credentials.store;

import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import postern.credentials.Change;
import postern.credentials.StoreUnavailableException;

/**
 * Makes every change in the same way: what is changed and its line in the {@link ChangeLog} are one
 * transaction, the line is the last thing in it, and the listeners of this node have heard of it
 * before the call returns.
 */
final class ChangeWriter {

    private final Database database;
    private final ChangeFeed feed;
    private final ChangeLog log;

    ChangeWriter(Database database, ChangeFeed feed) {
        this.database = database;
        this.feed = feed;
        this.log = feed.log();
    }

    /**
     * What came of some statements.
     *
     * @param change empty when nothing was changed
     */
    record Made<T>(T result, Optional<Change> change) {

        static <T> Made<T> nothing(T result) {
            return new Made<>(result, Optional.empty());
        }

        static <T> Made<T> of(T result, Change change) {
            return new Made<>(result, Optional.of(change));
        }
    }

    private record Written<T>(T result, OptionalLong sequence) {}

    <T> T make(HandleCallback<Made<T>, RuntimeException> statements) throws StoreUnavailableException {
        Written<T> written = database.change(sql -> write(sql, statements.withHandle(sql)));
        if (written.sequence().isPresent()) {
            feed.awaitHeard(written.sequence().getAsLong());
        }
        return written.result();
    }

    private <T> Written<T> write(Handle sql, Made<T> made) {
        OptionalLong sequence = made.change().isPresent()
                ? OptionalLong.of(log.write(sql, made.change().get()))
                : OptionalLong.empty();
        return new Written<>(made.result(), sequence);
    }
}
