package postern.credentials.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a column can hold, to Java and back. */
final class Rows {

    private static final String BETWEEN = " ";

    private Rows() {}

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    static OptionalInt optionalInt(ResultSet row, String column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
    }

    static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static boolean yes(ResultSet row, String column) throws SQLException {
        return row.getInt(column) != 0;
    }

    static int yes(boolean is) {
        return is ? 1 : 0;
    }

    /** What no item has in it stands between them. */
    static String joined(Collection<?> items) {
        return items.stream().map(Object::toString).sorted().collect(Collectors.joining(BETWEEN));
    }

    static <T> Stream<T> split(String joined, Function<String, T> item) {
        return Arrays.stream(joined.split(BETWEEN))
                .filter(text -> !text.isEmpty())
                .map(item);
    }
}
