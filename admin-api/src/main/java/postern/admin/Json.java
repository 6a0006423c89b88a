package postern.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import postern.web.JsonBody;

/** How the API writes what JSON has no word for. */
final class Json {

    private Json() {}

    static @Nullable String text(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }

    static @Nullable Integer number(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    static String time(Instant at) {
        return at.toString();
    }

    /** In their order. */
    static ArrayNode list(Collection<?> all) {
        ArrayNode list = JsonBody.object().arrayNode();
        all.forEach(one -> list.add(one.toString()));
        return list;
    }

    /** Of what has no order of its own: always the same. */
    static ArrayNode sorted(Collection<?> all) {
        return list(all.stream().map(Object::toString).sorted().toList());
    }

    static ObjectNode object() {
        return JsonBody.object();
    }
}
