package postern.credentials.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.SqlStatement;

/** What stands behind WHERE, when it depends on what is asked for; with what is bound in it. */
final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    Conditions and(String condition) {
        conditions.add(condition);
        return this;
    }

    /** @param name of the value in the condition */
    Conditions and(String condition, String name, Object value) {
        values.put(name, value);
        return and(condition);
    }

    /** A text with this in it anywhere, for LIKE with {@code ESCAPE '!'}. */
    static String escaped(String part) {
        return part.replaceAll("([!%_])", "!$1");
    }

    String where() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    <S extends SqlStatement<S>> S bind(S statement) {
        return statement.bindMap(values);
    }
}
