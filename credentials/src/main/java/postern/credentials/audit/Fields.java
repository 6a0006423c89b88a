package postern.credentials.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SortedMap;
import java.util.TreeMap;
import postern.credentials.OneLine;

/**
 * Names and values as one text, in one way only: sorted, a line each. Every value is a {@link
 * OneLine}, so that no two maps are the same text.
 */
final class Fields {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Fields() {}

    static String encode(SortedMap<String, String> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> {
            if (value.indexOf('\n') >= 0) {
                throw new IllegalArgumentException(name + ": has a line end (expected: one line)");
            }
            text.append(name).append('=').append(value).append('\n');
        });
        return text.toString();
    }

    static SortedMap<String, String> decode(String text) {
        SortedMap<String, String> fields = new TreeMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("field: no value (expected: name=value)");
            }
            fields.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return fields;
    }

    /** RFC 3339 with its milliseconds, zero or not. */
    static String time(Instant at) {
        return MILLIS.format(at);
    }
}
